import { parseRow } from '../csv/parseRow.js';
import type { FixBatch } from '../domain/FixBatch.js';
import type { StoreRow } from './StoreRow.js';

/**
 * The fixes of a batch as rows of a store: good for ever.
 *
 * @param names those of the extra columns
 * @param seq of the first of them
 */
export function rowsOf(batch: FixBatch, names: readonly string[], seq: number): StoreRow[] {
  const { columns, first, end, text, devices } = batch;
  const keys = names.map((name) => JSON.stringify(name));
  const rows: StoreRow[] = [];
  for (let row = first; row < end; row++) {
    const fields = text.toString('utf8', columns.from[row], columns.to[row]);
    const [latitude = '', longitude = '', speed = '', ...extra] = keys.length === 0 ? fields.split(',') : parseRow(fields);
    const [lat, lon, pace] = [Number(latitude), Number(longitude), speed === '' ? null : Number(speed)];
    const isPlain = String(lat) === latitude && String(lon) === longitude && (pace === null || String(pace) === speed);
    rows.push({
      device: devices.id(columns.device[row]!),
      arrival: columns.arrival[row]!,
      seq: seq + row - first,
      event: columns.event[row]!,
      lat,
      lon,
      speed: pace,
      written: isPlain ? null : `${latitude},${longitude},${speed}`,
      further: furtherOf(keys, extra),
      due: columns.due[row]!,
    });
  }
  return rows;
}

/** JSON of the fields that are not empty, if there are any. */
function furtherOf(keys: readonly string[], extra: readonly string[]): string | null {
  const members: string[] = [];
  for (let i = 0; i < keys.length; i++) if (extra[i]) members.push(`${keys[i]!}:${JSON.stringify(extra[i])}`);
  return members.length === 0 ? null : `{${members.join(',')}}`;
}
