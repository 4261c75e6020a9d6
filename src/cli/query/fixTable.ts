import { bufferCount, defer, map, type OperatorFunction } from 'rxjs';
import { formatInstant } from '../../index.js';
import { escaped } from '../../domain/shown.js';
import type { Shown } from '../../formats/Shown.js';
import { padded } from '../text/padded.js';
import { widthOf } from '../text/widthOf.js';
import { duration } from '../text/words.js';

/** The minimum widths of the columns of a table of fixes, and of those after them. */
const MIN_WIDTHS = [12, 27, 27, 18, 18, 8];
const OTHERS = 12;
/** A value that is wider shifts its own row alone. */
const MAX_WIDTH = 40;

/**
 * Fixes as a table for people, its columns as wide as their values. So many rows are written at once; if the next ones
 * are wider, or of another log with other columns, they follow below a header of their own.
 */
export const fixTable = (rows: number): OperatorFunction<Shown, string> => (shown$) =>
  defer(() => {
    let header: readonly string[] = [];
    let widths: readonly number[] = [];
    return shown$.pipe(
      bufferCount(rows),
      map((batch) => {
        const names = headerOf(batch[0]!);
        const cells = batch.map(cellsOf);
        const isOther = names.join('\n') !== header.join('\n');
        const min = isOther ? names.map((name, i) => Math.max(MIN_WIDTHS[i] ?? OTHERS, widthOf(name))) : widths;
        const needed = min.map((width, i) => cells.reduce((max, row) => Math.max(max, Math.min(MAX_WIDTH, widthOf(row[i]!))), width));
        const begins = isOther || needed.slice(0, -1).some((width, i) => width > widths[i]!); // nothing stands after the last
        [header, widths] = [names, needed];
        return [...(begins ? [names] : []), ...cells]
          .map(
            (row) =>
              `${row
                .map((cell, i) => padded(cell, needed[i]!))
                .join('  ')
                .trimEnd()}\n`,
          )
          .join('');
      }),
    );
  });

function headerOf({ extra, age }: Shown): string[] {
  return ['device', 'event time', 'arrived', 'latitude', 'longitude', 'speed', ...(age === undefined ? [] : ['age']), ...extra].map(
    escaped,
  );
}

function cellsOf({ fix, age }: Shown): string[] {
  const { device, event, arrival, latitude, longitude, speed, extra } = fix;
  return [
    device,
    formatInstant(event),
    formatInstant(arrival),
    latitude,
    longitude,
    speed || '-',
    ...(age === undefined ? [] : [`${age < 0 ? '-' : ''}${duration(Math.abs(age) / 1000)}`]),
    ...extra,
  ].map(escaped);
}
