import type { FixBatch, FixColumns } from '../../domain/FixBatch.js';
import type { Sorted } from '../../domain/sortTogether.js';
import { after, HEAD, UNIT, type FixRecords, type RecordViews } from '../FixRecords.js';
import { columnsFor, RecordedBatch } from './RecordedBatch.js';

export const FIXES_A_BATCH = 8192;

/** Makes batches of records, one after the other, always in the same memory. */
export class BatchMaker {
  readonly #rows: number;
  readonly #columns: FixColumns;

  /** @param rows how many fixes a batch has at most */
  constructor(rows = FIXES_A_BATCH) {
    this.#rows = rows;
    this.#columns = columnsFor(rows);
  }

  /** Batches of fixes, in an order: the arrival times, and where the records stand, in units of 8 bytes. No fixes are an empty batch. */
  *batches({ devices, extra, views }: FixRecords, { keys, places }: Sorted): Generator<FixBatch, void, undefined> {
    const columns = this.#columns;
    for (let at = 0; at === 0 || at < places.length; at += this.#rows) {
      const end = Math.min(this.#rows, places.length - at);
      columns.arrival.set(keys.subarray(at, at + end));
      gather(views, places, at, end, columns);
      yield new RecordedBatch({ columns, first: 0, end, text: views.bytes, extra: extra.length > 0, devices });
    }
  }
}

/** Where the records of all rows stand, in the order in which they were added, in units of 8 bytes. */
export function placesOf({ rows, views: { u32s } }: FixRecords): Uint32Array {
  const places = new Uint32Array(rows);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    places[row] = at / UNIT;
    at = after(at, u32s[at / 4 + 3]!);
  }
  return places;
}

function gather(
  { doubles, u32s }: RecordViews,
  places: Uint32Array,
  first: number,
  count: number,
  { event, device, from, to }: FixColumns,
): void {
  for (let row = 0; row < count; row++) {
    const place = places[first + row]!;
    const text = place * UNIT + HEAD;
    event[row] = doubles[place]!;
    device[row] = u32s[2 * place + 2]!;
    from[row] = text;
    to[row] = text + u32s[2 * place + 3]!;
  }
}
