import { LATE_COLUMNS, AGE_COLUMN, LOG_COLUMNS } from '../../domain/columns.js';

/** The names that a line in the stream has a meaning for, and those of a log. */
const TAKEN: ReadonlySet<string> = new Set([
  ...Object.values(LOG_COLUMNS),
  ...LATE_COLUMNS,
  AGE_COLUMN,
  'seq',
  'tick',
  'rejected',
  'source',
]);

/** The name of a further column: its own, or another if that is empty or has a meaning already. */
export function freeName(name: string): string {
  return name === '' ? 'column' : TAKEN.has(name) ? `${name}_2` : name;
}
