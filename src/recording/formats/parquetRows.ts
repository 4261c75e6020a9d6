import type { FileHandle } from 'node:fs/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Compressors, ParquetScan } from 'hyparquet';
import { FileError } from '../../csv/FileError.js';
import { formatRow } from '../../csv/formatRow.js';
import { foundColumns } from './foundColumns.js';
import { parquetColumns, type ParquetColumn } from './parquetColumns.js';
import type { FormatRow, FormatRows, Source } from './Source.js';

const ROWS = 1024;
/** What the reader makes of a time of 96 bits: its nanoseconds since 1970, as they are. */
const PARSERS = { timestampFromNanoseconds: (nanos: bigint) => nanos };
/** A whole file has these at both ends, and in between a length of four bytes. */
const [MAGIC, MIN_BYTES] = ['PAR1', 12];

/**
 * The rows of a Parquet file, by their numbers from 1 on. Columns in columns are named `a.b`; times are ISO 8601, with
 * Z where the file says that they are of UTC; decimals and integers are as long as they are, bytes that are no text
 * hexadecimal, lists and maps JSON, and null is empty.
 *
 * Holds the columns of one row group. @throws FileError if it is not whole, or is packed by what is not known
 */
export async function* parquetRows({ name, read, file }: Source): FormatRows {
  let size = 0;
  for await (const chunk of read()) size += chunk.length; // all of it is seen
  const handle = await file();
  try {
    const { columns, scan } = await opened(name, handle, size);
    yield [{ fields: columns.map(({ name }) => name), line: 0, raw: '' }];
    for (const range of scan.ranges) yield* rowsOf(scan, columns, range);
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    const what = (cause as Error).message.replace(/^parquet /, 'its ');
    throw new FileError(`cannot read ${name}: it is not a complete Parquet file (${what}): get it again`, { cause });
  }
}

async function opened(name: string, handle: FileHandle, size: number): Promise<{ columns: readonly ParquetColumn[]; scan: ParquetScan }> {
  const { parquetMetadataAsync, parquetScan } = await import('hyparquet'); // few recordings are Parquet
  const file = {
    byteLength: size,
    slice: async (from: number, to = size) => {
      const bytes = new ArrayBuffer(to - from);
      const { bytesRead } = await handle.read(new Uint8Array(bytes), 0, to - from, from);
      if (bytesRead < to - from) throw new Error('it ends too early');
      return bytes;
    },
  };
  const ends = size < MIN_BYTES ? '' : Buffer.from(await file.slice(size - MAGIC.length)).toString('latin1');
  if (ends !== MAGIC) throw new Error('it does not end as one');
  const metadata = await parquetMetadataAsync(file, { geoparquet: false });
  const columns = parquetColumns(metadata);
  foundColumns(name).add(columns.map(({ name }) => name));
  const compressors: Compressors = {
    GZIP: (packed, length) => gunzipSync(packed, { maxOutputLength: Math.max(1, length) }),
    BROTLI: (packed, length) => brotliDecompressSync(packed, { maxOutputLength: Math.max(1, length) }),
    ...(await zstdIn(metadata)),
  };
  return { columns, scan: await parquetScan({ file, metadata, compressors, utf8: false, parsers: PARSERS, geoparquet: false }) };
}

async function zstdIn(metadata: ParquetScan['metadata']): Promise<Compressors> {
  if (!metadata.row_groups.some(({ columns }) => columns.some(({ meta_data: data }) => data?.codec === 'ZSTD'))) return {};
  const { decompress } = await import('fzstd');
  return { ZSTD: (packed, length) => decompress(packed, new Uint8Array(length)) };
}

async function* rowsOf(scan: ParquetScan, columns: readonly ParquetColumn[], range: ParquetScan['ranges'][number]): FormatRows {
  const held = new Map<string, ArrayLike<unknown>>();
  for (const { top } of columns) if (!held.has(top)) held.set(top, await scan.readColumn({ column: top, ...range }));
  const count = range.rowEnd - range.rowStart;
  for (let from = 0; from < count; from += ROWS) {
    yield Array.from({ length: Math.min(ROWS, count - from) }, (_, i): FormatRow => {
      const fields = columns.map(({ top, textOf }) => textOf(held.get(top)![from + i]));
      return {
        fields,
        line: range.rowStart + from + i + 1,
        get raw() {
          return formatRow(fields).slice(0, -1);
        },
      };
    });
  }
}
