import { FileError } from '../../src/csv/FileError.js';
import type { CsvRow } from '../../src/csv/CsvRow.js';
import { openCsv } from '../../src/csv/openCsv.js';
import type { Columns } from '../../src/domain/columns.js';
import { findLogColumns } from '../../src/domain/findLogColumns.js';
import { isRejected, parseFix, type Fix } from '../../src/domain/fix.js';

/** A log that is open for reading. */
export interface LogReader {
  /** The names of the extra columns. */
  readonly extra: readonly string[];
  /** The changes in the order of their arrival, to be read once; `return()` closes the file. */
  readonly batches: AsyncGenerator<readonly Fix[], void, undefined>;
}

/**
 * Opens a log that lastfix wrote, or is writing: reads the whole lines that are there, and no half of one.
 * Holds one batch of 1,024 fixes.
 *
 * @throws FileError as `openCsv` does, or for a row that is not a fix.
 */
export async function readLog(path: string): Promise<LogReader> {
  const { header, batches } = await openCsv(path, findLogColumns, { wholeLinesOnly: true });
  return { extra: header.extra.map(({ name }) => name), batches: fixesOf(path, header, batches) };
}

async function* fixesOf(path: string, columns: Columns, batches: AsyncIterable<readonly CsvRow[]>): LogReader['batches'] {
  for await (const rows of batches) {
    yield rows.map((row) => {
      const fix = parseFix(row, columns, { maxClockAhead: Infinity });
      if (isRejected(fix))
        throw new FileError(`${path}:${fix.line}: ${fix.reason}: lastfix did not write this; make the log anew with lastfix replay`);
      return fix;
    });
  }
}
