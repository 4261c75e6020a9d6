import type { FixBatch } from '../../domain/FixBatch.js';
import { FIXES_A_BATCH } from './BatchMaker.js';
import { HEAD, UNIT, viewsFor, type RecordViews } from '../FixRecords.js';
import { columnsFor, RecordedBatch } from './RecordedBatch.js';
import type { RunReader } from './RunReader.js';

/** Room for the texts of a batch, unless one alone is longer. */
const TEXT_BYTES = 1024 * 1024;

/**
 * The records of sorted runs in one order, by arrival time, those of one moment by their runs, as batches of up to 8,192,
 * always in the same memory. A run is begun when its first record is next, so that of each one page is held that has
 * begun and has not ended.
 */
export function* mergedBatches(
  runs: readonly RunReader[],
  { devices, extra }: Pick<FixBatch, 'devices' | 'extra'>,
): Generator<FixBatch, void, undefined> {
  const columns = columnsFor(FIXES_A_BATCH);
  let text = viewsFor(TEXT_BYTES);
  let [row, at] = [0, 0];
  const batch = () => new RecordedBatch({ columns, first: 0, end: row, text: text.bytes, extra, devices });
  for (let run = earliest(runs); run; run = earliest(runs)) {
    const { views, at: start } = run;
    const length = views.u32s[start / 4 + 3]!;
    if (row === FIXES_A_BATCH || (row > 0 && at + length + UNIT > text.bytes.length)) {
      yield batch();
      row = at = 0;
    }
    if (length + UNIT > text.bytes.length) text = viewsFor(length + UNIT);
    columns.arrival[row] = run.arrival;
    columns.event[row] = views.doubles[start / UNIT]!;
    columns.device[row] = views.u32s[start / 4 + 2]!;
    columns.from[row] = at;
    columns.to[row] = at + length;
    copyWords(views, (start + HEAD) / 4, text, at / 4, length);
    at += UNIT * Math.ceil(length / UNIT);
    row++;
    run.next();
  }
  if (row > 0) yield batch();
}

/** The run whose record is next: the first of those that are equally early. */
function earliest(runs: readonly RunReader[]): RunReader | undefined {
  let next: RunReader | undefined;
  let arrival = Infinity;
  for (const run of runs) {
    if (run.arrival >= arrival) continue;
    next = run;
    arrival = run.arrival;
  }
  return next;
}

/** Copies so many bytes, by four: what a record is filled up with may go along. */
function copyWords(from: RecordViews, fromWord: number, to: RecordViews, toWord: number, bytes: number): void {
  const end = fromWord + Math.ceil(bytes / 4);
  for (let word = fromWord, at = toWord; word < end; word++, at++) to.u32s[at] = from.u32s[word]!;
}
