import type { CsvBatches } from './CsvRow.js';
import { FileError } from './FileError.js';
import type { ReadBlocksOptions } from './readBlocks.js';
import { readRows } from './readRows.js';

/** A CSV file that is open for reading: its header, understood, and the rows after it, to be read once. */
export interface Csv<H> {
  readonly header: H;
  readonly batches: CsvBatches;
}

/**
 * Opens a CSV file by RFC 4180: UTF-8 with or without BOM, LF or CRLF, quotes with commas, quotes and line
 * breaks inside. A quote within an unquoted field stands for itself, an empty line is no row, and rows may
 * be of any width. Holds a few blocks of 256 KiB and their rows.
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
  if (!rows) throw new FileError(`${path} has no header line: the first must name the columns`);
  try {
    return { header: understand(rows[0]!.fields), batches };
  } catch (cause) {
    await batches.return();
    throw new FileError(`${path}: ${(cause as Error).message}`, { cause });
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
