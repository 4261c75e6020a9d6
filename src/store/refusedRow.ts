import { formatRow } from '../csv/formatRow.js';
import { formatInstant } from '../domain/instant.js';
import type { RejectedRow } from './RejectedRow.js';
import type { StoreRow } from './StoreRow.js';

/** A fix that the database refused, as a rejected row. @param place where it stands */
export function refusedRow(row: StoreRow, place: Pick<RejectedRow, 'source' | 'seq' | 'line'>, { message }: Error): RejectedRow {
  const { device, arrival, event, lat, lon, speed, written, further } = row;
  const measures = written?.split(',') ?? [String(lat), String(lon), speed === null ? '' : String(speed)];
  return {
    ...place,
    reason: `PostgreSQL refuses it: ${message}`,
    record: formatRow([formatInstant(arrival), device, ...measures, formatInstant(event), further ?? '']).trimEnd(),
  };
}
