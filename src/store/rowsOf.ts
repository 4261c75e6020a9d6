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
    const [from, to] = [columns.from[row], columns.to[row]];
    const fields = keys.length === 0 ? measuresIn(text.toString('latin1', from, to)) : parseRow(text.toString('utf8', from, to));
    const [latitude = '', longitude = '', speed = ''] = fields;
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
      further: furtherOf(keys, fields),
      due: columns.due[row]!,
    });
  }
  return rows;
}

/** The three measures where nothing follows them, which are numbers, and so have no quotes. */
function measuresIn(fields: string): readonly string[] {
  const first = fields.indexOf(',');
  const second = fields.indexOf(',', first + 1);
  return [fields.slice(0, first), fields.slice(first + 1, second), fields.slice(second + 1)];
}

/** JSON of the fields after the three measures that are not empty, if there are any. */
function furtherOf(keys: readonly string[], fields: readonly string[]): string | null {
  const members: string[] = [];
  for (let i = 0; i < keys.length; i++) {
    const field = fields[i + 3];
    if (field) members.push(`${keys[i]!}:${JSON.stringify(field)}`);
  }
  return members.length === 0 ? null : `{${members.join(',')}}`;
}
