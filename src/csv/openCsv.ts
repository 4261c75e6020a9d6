import type { CsvBatches } from './CsvRow.js';
import { FileError } from './FileError.js';
import { isPlain, plainRows } from './plainRows.js';
import { readBlocks, type ReadBlocksOptions } from './readBlocks.js';

/** A CSV file that is open for reading: its header, understood, and the rows after it, to be read once. */
export interface Csv<H> {
  readonly header: H;
  readonly batches: CsvBatches;
}

/**
 * Opens a CSV file by RFC 4180: UTF-8 with or without BOM, LF or CRLF, quotes with commas, quotes and line
 * breaks inside. A quote within an unquoted field stands for itself, an empty line is no row, and rows may
 * be of any width. Holds a few blocks of 256 KiB and their rows.
 *
 * What a file means is what csv-parse says; up to the first quote in it, `plainRows` says the same, faster.
 * With `wholeLinesOnly`, a last row that is not ended yet is left out, as in a file that is being written.
 *
 * @param understand makes of the header what the rows are to be read by, or throws what is wrong with it
 * @throws FileError as `readBlocks` does, if `understand` throws, or if a quote is never closed.
 */
export async function openCsv<H>(
  path: string,
  understand: (header: readonly string[]) => H,
  options: ReadBlocksOptions = {},
): Promise<Csv<H>> {
  const batches = headerFirst(readRows(path, options));
  const { value: rows } = await batches.next();
  if (!rows) throw new FileError(`${path} holds no header line`);
  try {
    return { header: understand(rows[0]!.fields), batches };
  } catch (cause) {
    await batches.return();
    throw new FileError(`${path}: ${(cause as Error).message}`, { cause });
  }
}

async function* readRows(path: string, options: ReadBlocksOptions): CsvBatches {
  const blocks = readBlocks(path, options);
  try {
    for (let next = await blocks.next(); !next.done; next = await blocks.next()) {
      if (!isPlain(next.value)) {
        const { quotedRows } = await import('./quotedRows.js'); // csv-parse takes 10 ms to load, and a question 200
        return yield* quotedRows(path, next.value, blocks, options);
      }
      const rows = plainRows(next.value);
      if (rows.length > 0) yield rows;
    }
  } finally {
    await blocks.return();
  }
}

async function* headerFirst(batches: CsvBatches): CsvBatches {
  let header = true;
  for await (const rows of batches) {
    if (header) yield rows.slice(0, 1);
    const rest = header ? rows.slice(1) : rows;
    header = false;
    if (rest.length > 0) yield rest;
  }
}
