import { openCsv } from '../csv/openCsv.js';
import { LOG_COLUMNS } from '../domain/columns.js';
import { parseInstant, type Instant } from '../domain/instant.js';

/**
 * The last arrival time in the whole rows of a log or late file, be it in the last of them or not; `undefined` if
 * there is none. Reads all of it, since only that tells a row from a line within quotes. Holds one batch of rows.
 */
export async function lastArrival(path: string): Promise<Instant | undefined> {
  const { header, batches } = await openCsv(path, (names) => names.indexOf(LOG_COLUMNS.arrival), { regular: true, wholeLinesOnly: true });
  let last: Instant | undefined;
  for await (const rows of batches) {
    for (const { fields } of rows) {
      const arrival = parseInstant(fields[header] ?? '') ?? -Infinity;
      if (arrival > (last ?? -Infinity)) last = arrival;
    }
  }
  return last;
}
