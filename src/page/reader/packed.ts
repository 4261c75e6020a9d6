import type { Sighting } from '../model/Sighting.js';

/** How many numbers a fix takes. */
export const NUMBERS = 8;

/** Fixes in columns, which go from thread to thread without a copy of their numbers. */
export interface Packed {
  /** Of each fix: the place of its device in `devices`, event time, arrival, latitude, longitude, x, y, and speed or NaN. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** Each device once. */
  readonly devices: readonly string[];
  readonly columns: readonly PackedColumn[];
}

/** An extra column. */
export interface PackedColumn {
  readonly name: string;
  /** Each text once. */
  readonly texts: readonly string[];
  /** Of each fix: the place of its text in `texts`, counted from 1; 0 for none. */
  readonly places: Uint32Array<ArrayBuffer>;
}

/** Packs fixes that are not of a track: copies are not counted. */
export function packed(fixes: readonly Sighting[]): Packed {
  const numbers = new Float64Array(fixes.length * NUMBERS);
  const devices = new Map<string, number>();
  const columns = new Map<string, { readonly texts: Map<string, number>; readonly places: Uint32Array<ArrayBuffer> }>();
  fixes.forEach(({ device, event, arrival, latitude, longitude, x, y, speed = NaN, extra }, i) => {
    numbers.set([placeOf(devices, device), event, arrival, latitude, longitude, x, y, speed], i * NUMBERS);
    for (const name in extra) {
      let column = columns.get(name);
      if (column === undefined) columns.set(name, (column = { texts: new Map(), places: new Uint32Array(fixes.length) }));
      column.places[i] = placeOf(column.texts, extra[name]!) + 1;
    }
  });
  return {
    numbers,
    devices: [...devices.keys()],
    columns: [...columns].map(([name, { texts, places }]) => ({ name, texts: [...texts.keys()], places })),
  };
}

/** What of it goes to another thread without being copied. */
export const buffersOf = ({ numbers, columns }: Packed): ArrayBuffer[] => [numbers.buffer, ...columns.map(({ places }) => places.buffer)];

function placeOf(places: Map<string, number>, text: string): number {
  let place = places.get(text);
  if (place === undefined) places.set(text, (place = places.size));
  return place;
}
