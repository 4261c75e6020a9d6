import { RECORDING_COLUMNS, type ColumnNames, type Columns } from './columns.js';
import { missingColumns } from './missingColumns.js';
import { searchColumns, type FindColumnsOptions } from './searchColumns.js';

/**
 * Finds the columns of a fix by their names, in any order: by the exact name, else without regard to case and surrounding
 * blanks; of two with one name it is the first. Several parts may be read from one column, and a part from several. All
 * others are extra columns, which keep no recording from being read: those whose names cannot be kept get others.
 *
 * @throws Error if a column is missing; it says which to read instead.
 */
export function findColumns(header: readonly string[], names: ColumnNames = RECORDING_COLUMNS, options: FindColumnsOptions = {}): Columns {
  const found = searchColumns(header, names, options);
  if ('missing' in found) throw new Error(missingColumns(header, names, found, options));
  return found;
}
