import { LATE_COLUMNS, LOG_COLUMNS, type Columns } from './columns.js';
import { findColumns } from './findColumns.js';
import { shown } from './shown.js';

/**
 * Finds the columns of a fix in the header of a log, or of a late file, whose two last columns are left aside.
 *
 * @throws Error if it is neither.
 */
export function findLogColumns(header: readonly string[]): Columns {
  const isLate = header.slice(-LATE_COLUMNS.length).join() === LATE_COLUMNS.join();
  const own = isLate ? header.slice(0, -LATE_COLUMNS.length) : header;
  const columns = Object.values(LOG_COLUMNS).every((name) => own.includes(name)) ? findColumns(own, LOG_COLUMNS) : undefined;
  if (!columns || columns.extra.some(({ name, was }) => name !== was && was !== ''))
    throw new Error(`this is not a log that lastfix wrote: its header is ${shown(header.join(','))}`);
  return { ...columns, count: header.length, minCount: header.length };
}
