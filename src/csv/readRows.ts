import type { CsvBatches } from './CsvRow.js';
import { isPlain, plainRows } from './plainRows.js';
import { readBlocks, type ReadBlocksOptions } from './readBlocks.js';

/**
 * The rows of a CSV file, its header among them, or those from a byte on where one starts.
 *
 * What a file means is what csv-parse says; up to the first quote in it, `plainRows` says the same, faster.
 * Holds a few blocks of 256 KiB and their rows. @throws FileError as `readBlocks` does, or if a quote is never closed.
 */
export async function* readRows(path: string, options: ReadBlocksOptions): CsvBatches {
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
