import { openCsv } from '../csv/openCsv.js';
import { LOG_COLUMNS } from '../domain/columns.js';
import { parseInstant, type Instant } from '../domain/instant.js';

/**
 * The arrival time of the last whole row of a log or late file; `undefined` if there is none. Reads all of it,
 * since only that tells a row from a line within quotes. Holds one batch of rows.
 */
export async function lastArrival(path: string): Promise<Instant | undefined> {
  const { header, batches } = await openCsv(path, (names) => names.indexOf(LOG_COLUMNS.arrival), { wholeLinesOnly: true });
  let last: Instant | undefined;
  for await (const rows of batches) {
    for (const { fields } of rows) last = parseInstant(fields[header] ?? '') ?? last;
  }
  return last;
}
