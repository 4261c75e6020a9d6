import { defer, map, type OperatorFunction } from 'rxjs';
import { formatRow } from '../csv/formatRow.js';
import { AGE_COLUMN } from '../domain/columns.js';
import { LOG_HEADER, logFields } from '../log/rows.js';
import type { Shown } from './Shown.js';

/** Fixes as CSV: rows below a header, and below a new one whenever another log has other columns; with the age if there is one. */
export const csvRows = (): OperatorFunction<Shown, string> => (shown$) =>
  defer(() => {
    let above: string | undefined;
    return shown$.pipe(
      map((shown) => {
        const before = above;
        above = header(shown);
        return `${above === before ? '' : above}${row(shown)}`;
      }),
    );
  });

/** A fix as CSV: a header and a row. */
export const csvText = (shown: Shown): string => header(shown) + row(shown);

function header({ extra, age }: Shown): string {
  return formatRow([...LOG_HEADER, ...extra, ...(age === undefined ? [] : [AGE_COLUMN])]);
}

function row({ fix, age }: Shown): string {
  return `${[...logFields(fix), ...(age === undefined ? [] : [age / 1e6])].join(',')}\n`;
}
