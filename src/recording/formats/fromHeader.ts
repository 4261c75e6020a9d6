import type { FormatRow, FormatRows } from './Source.js';

/** How far down a header may stand. */
const DEEPEST = 100;

/**
 * The rows of a sheet from its header on, which is the first of its first 100 rows that is understood; if none is, that
 * with the most cells that are not empty, so that what is wrong is said of it.
 *
 * @param understand throws what is wrong with a header
 */
export async function* fromHeader(rows: FormatRows, understand: (header: readonly string[]) => unknown): FormatRows {
  for await (const batch of rows) yield batch.slice(headerIn(batch.slice(0, DEEPEST), understand)); // a sheet is one batch
}

function headerIn(rows: readonly FormatRow[], understand: (header: readonly string[]) => unknown): number {
  const found = rows.findIndex(({ fields }) => isUnderstood(fields, understand));
  if (found >= 0) return found;
  const widths = rows.map(({ fields }) => fields.filter((field) => field !== '').length);
  return Math.max(0, widths.indexOf(Math.max(...widths)));
}

function isUnderstood(fields: readonly string[], understand: (header: readonly string[]) => unknown): boolean {
  try {
    understand(fields);
    return true;
  } catch {
    return false; // what is wrong is said of the row that is taken for the header
  }
}
