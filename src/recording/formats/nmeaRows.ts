import type { FormatRow, FormatRows, Source } from './Source.js';
import { linesOf, type Line } from './linesOf.js';
import { NmeaEpochs } from './NmeaEpochs.js';

/** What is known of a fix by its sentences; the speed in knots. */
const NMEA_COLUMNS = ['time', 'lat', 'lon', 'speed', 'course', 'altitude', 'satellites', 'hdop'];
/** No sentence is longer than 82 characters; what stands before one may be. */
const LONGEST = 64 * 1024;

/**
 * The fixes of an NMEA 0183 log, one for each moment that its RMC and GGA sentences name: the date and the speed are of
 * RMC, altitude, satellites and HDOP of GGA, the position of either. Other sentences are passed over.
 *
 * A sentence whose checksum is wrong, or that is cut off, is a row of its own with what is wrong with it. Holds two blocks.
 */
export async function* nmeaRows({ name, read }: Source, encoding?: string): FormatRows {
  yield [{ fields: NMEA_COLUMNS, line: 0, raw: '' }];
  const epochs = new NmeaEpochs();
  for await (const lines of linesOf(name, read(), { longest: LONGEST, encoding })) {
    const rows = rowsOf(lines, epochs);
    if (rows.length > 0) yield rows;
  }
  const last = epochs.end();
  if (last.length > 0) yield last;
}

function rowsOf(lines: readonly Line[], epochs: NmeaEpochs): FormatRow[] {
  return lines.flatMap((line) => epochs.add(line));
}
