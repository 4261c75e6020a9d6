import type { ReadBlocksOptions } from '../../csv/readBlocks.js';
import type { FormatRows } from './Source.js';
import type { Kind } from './kindOf.js';

/** What an input is, or a member of the archive that it is. */
export interface Part {
  /** What messages call it: `archive.zip/member.csv` for a member. */
  readonly name: string;
  readonly kind: Exclude<Kind, 'gzip' | 'zstd' | 'zip'> | 'sheet';
  /** How many parts that may be recordings the input has. */
  readonly of: number;
  /** CSV: the file, if it is one as it is, or its bytes. */
  readonly csv?: Pick<ReadBlocksOptions, 'file' | 'chunks' | 'taken' | 'blockSize'>;
  /** Any other kind: its rows, the header first; of a workbook, all that is above it, too. */
  readonly rows?: FormatRows;
}
