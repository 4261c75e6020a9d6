import { formatRow } from '../csv/formatRow.js';
import { formatInstant } from '../domain/instant.js';
import type { RejectedRow } from './RejectedRow.js';
import type { StoreRow } from './StoreRow.js';

/** A fix that the database refused, as a rejected row. @param place its place in its source */
export function refusedRow(row: StoreRow, place: number, { message }: Error): RejectedRow {
  const { device, arrival, event, lat, lon, speed, written, further } = row;
  const measures = written?.split(',') ?? [String(lat), String(lon), speed === null ? '' : String(speed)];
  return {
    seq: place,
    line: 0,
    reason: `PostgreSQL refuses it: ${message}`,
    record: formatRow([formatInstant(arrival), device, ...measures, formatInstant(event), further ?? '']).trimEnd(),
  };
}
