import { tmpdir } from 'node:os';
import { partsOf } from '../../src/recording/formats/partsOf.js';
import type { PartOptions } from '../../src/recording/formats/PartOptions.js';
import type { FormatRow } from '../../src/recording/formats/Source.js';
import type { Input } from '../../src/recording/Input.js';
import { chunksOf } from './chunksOf.js';

/** A part of an input as it was read: of CSV the text, of anything else the header, and its rows as they are. */
export interface PartRead {
  readonly name: string;
  readonly kind: string;
  readonly of: number;
  readonly text?: string;
  readonly header?: readonly string[];
  readonly rows?: readonly (readonly string[] | FormatRow)[];
}

/** Reads all parts of an input: the bytes of a pipe, or the file at a path. Rows without a fault are their fields. */
export async function partsRead(
  from: string | { readonly name: string; readonly bytes: Buffer | Uint8Array | string; readonly cuts?: readonly number[] },
  options: Partial<PartOptions> = {},
): Promise<readonly PartRead[]> {
  const input: Input =
    typeof from === 'string' ? { name: from } : { name: from.name, chunks: chunksOf(Buffer.from(from.bytes), from.cuts) };
  const parts: PartRead[] = [];
  for await (const { name, kind, of, csv, rows } of partsOf(input, { tmp: tmpdir(), ...options })) {
    if (csv) parts.push({ name, kind, of, text: csv.file ? await csv.file.readFile('utf8') : await textOf(csv.chunks!) });
    else {
      const all: FormatRow[] = [];
      for await (const batch of rows!) all.push(...batch);
      parts.push({
        name,
        kind,
        of,
        header: all[0]?.fields ?? [],
        rows: all.slice(1).map((row) => (row.fault === undefined ? row.fields : row)),
      });
    }
  }
  return parts;
}

async function textOf(chunks: AsyncIterable<Buffer>): Promise<string> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString();
}
