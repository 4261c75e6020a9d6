import type { StoreRow } from '../../src/store/StoreRow.js';
import { formatLine } from '../../src/stream/formatLine.js';

const PLACES = 2 ** 40;

/** A row of a store as the line of a message that it comes from: its measures must be as `written` says, if it has that. */
export function lineOfRow({ device, arrival, seq, event, lat, lon, speed, written, further }: StoreRow): string {
  const [latitude, longitude, pace] = written?.split(',') ?? [String(lat), String(lon), speed === null ? '' : String(speed)];
  const extra = (further === null ? {} : JSON.parse(further)) as Record<string, string>;
  return formatLine({ device, arrival, event, latitude: latitude!, longitude: longitude!, speed: pace!, extra, seq: seq % PLACES });
}

/** What the source of a row is called, by its number: to be in the store before. */
export function sourceOfRow({ seq }: StoreRow): string {
  return `recording ${Math.floor(seq / PLACES)}`;
}

/** Rows whose measures are as they are written. */
export function asWritten(rows: readonly StoreRow[]): StoreRow[] {
  return rows.map((row) => {
    if (row.written === null) return row;
    const [lat = 0, lon = 0, speed = 0] = row.written.split(',').map(Number);
    return { ...row, lat, lon, speed };
  });
}
