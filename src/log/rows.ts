import { formatField, formatRow } from '../csv/formatRow.js';
import { LOG_COLUMNS } from '../domain/columns.js';
import type { Fix, Rejected } from '../domain/fix.js';
import { formatInstant } from '../domain/instant.js';

/** The first columns of every log, and of every late file. */
export const LOG_HEADER = [
  LOG_COLUMNS.arrival,
  LOG_COLUMNS.device,
  LOG_COLUMNS.latitude,
  LOG_COLUMNS.longitude,
  LOG_COLUMNS.speed,
  LOG_COLUMNS.event,
];
/** The columns of every rejected file. */
export const REJECTED_HEADER = ['line', 'reason', 'record'];

/** A rejected row as a line of the rejected file. */
export function rejectedRow({ line, reason, record }: Rejected): string {
  return formatRow([String(line), reason, record]);
}

/** The fields of a fix in the order of the log, in quotes where they need them; times and numbers never do. */
export function logFields({ arrival, device, latitude, longitude, speed, event, extra }: Fix): string[] {
  const fields = [formatInstant(arrival), formatField(device), latitude, longitude, speed, formatInstant(event)];
  for (const field of extra) fields.push(formatField(field));
  return fields;
}
