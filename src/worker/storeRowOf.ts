import type { Instant } from '../domain/instant.js';
import type { StoreRow } from '../store/StoreRow.js';
import type { StreamFix } from '../stream/StreamFix.js';

/**
 * A fix of a stream as a row of a store.
 *
 * @param stored when the stream got it: its arrival, if it has none
 * @param seq the number of its source times 2^40, and its place there
 */
export function storeRowOf(
  { device, arrival, event, latitude, longitude, speed, extra }: StreamFix,
  stored: Instant,
  seq: number,
): StoreRow {
  const [lat, lon, pace] = [Number(latitude), Number(longitude), speed === '' ? null : Number(speed)];
  const isPlain = String(lat) === latitude && String(lon) === longitude && (pace === null || String(pace) === speed);
  return {
    device,
    arrival: arrival ?? stored,
    seq,
    event,
    lat,
    lon,
    speed: pace,
    written: isPlain ? null : `${latitude},${longitude},${speed}`,
    further: furtherOf(extra),
  };
}

/** JSON of the fields that are not empty, if there are any. */
function furtherOf(extra: StreamFix['extra']): string | null {
  for (const name in extra) if (extra[name] !== '') return JSON.stringify(extra);
  return null;
}
