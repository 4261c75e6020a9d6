import { formatField, formatRow } from '../csv/formatRow.js';
import { LOG_COLUMNS } from '../domain/columns.js';
import type { Fix, Rejected } from '../domain/fix.js';
import { formatInstant } from '../domain/instant.js';
import type { Update } from '../domain/latest.js';
import type { LineBuffer } from './LineBuffer.js';

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

/** Adds a change as a line of the log: times in UTC to the microsecond, the rest as it was written. */
export function changeRow({ fix }: Update, lines: LineBuffer): void {
  fixFields(fix, lines);
  lines.end();
}

/** Adds a fix that was no change as a line of the late file. */
export function lateRow({ fix, verdict, held }: Update, lines: LineBuffer): void {
  fixFields(fix, lines);
  lines.written(verdict);
  if (held) lines.instant(held.event);
  else lines.written('');
  lines.end();
}

/** A rejected row as a line of the rejected file. */
export function rejectedRow({ line, reason, record }: Rejected): string {
  return formatRow([String(line), reason, record]);
}

/** The fields of a fix in the order of the log, in quotes where they need them; times and numbers never do. */
export function logFields({ arrival, device, latitude, longitude, speed, event, further }: Fix): string[] {
  const fields = [formatInstant(arrival), formatField(device), latitude, longitude, speed, formatInstant(event)];
  for (const field of further) fields.push(formatField(field));
  return fields;
}

function fixFields(fix: Fix, lines: LineBuffer): void {
  lines.instant(fix.arrival).field(fix.device);
  const { echo } = fix;
  if (echo) lines.copied(echo);
  else lines.written(fix.latitude).written(fix.longitude).written(fix.speed);
  lines.instant(fix.event);
  if (fix.further.length > 0) for (const field of fix.further) lines.field(field);
}
