import { formatRow } from '../csv/formatRow.js';
import { LOG_HEADER } from '../log/rows.js';
import { CsvRows } from './CsvRows.js';
import type { LineFormat } from './intoLines.js';
import { JsonRows } from './JsonRows.js';

/** A format of lines for one run: JSON, a line each as `fixText` has it, or the rows of a log. */
export function sentLines(format: 'json' | 'csv', extra: readonly string[]): LineFormat {
  return format === 'json' ? new JsonRows(extra) : new CsvRows();
}

/** What comes before the first line, if anything does. */
export function sentHeader(format: 'json' | 'csv', extra: readonly string[]): string {
  return format === 'json' ? '' : formatRow([...LOG_HEADER, ...extra]);
}
