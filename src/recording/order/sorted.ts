import { tmpdir } from 'node:os';
import { FileError } from '../../csv/FileError.js';
import type { FixBatch } from '../../domain/FixBatch.js';
import { sortTogether, type Sorted } from '../../domain/sortTogether.js';
import { listed } from '../../domain/listed.js';
import { Noticed } from '../../domain/Noticed.js';
import { Arrivals } from './Arrivals.js';
import { BatchMaker, FIXES_A_BATCH, placesOf } from './BatchMaker.js';
import { contentOf } from './contentOf.js';
import type { FixRecords } from '../FixRecords.js';
import type { Input } from '../Input.js';
import { readInputs } from '../readInputs.js';
import type { OpenRecordingOptions, Recording } from '../Recording.js';
import { Readings } from '../header/Readings.js';
import { RejectedRows } from '../RejectedRows.js';
import { SortedRuns } from './SortedRuns.js';

/** How many bytes of fixes are sorted in memory: some two million fixes of six columns. */
const MEMORY = 128 * 1024 * 1024;

/**
 * Reads all of a recording, and sorts it by arrival time, then position.
 *
 * @param size of all inputs, in bytes
 * @param again whether they can be read once more, so that they need not be kept as long as they are in order
 * @returns `undefined` if they turned out not to be, after some had not been kept
 */
export async function sorted(
  inputs: readonly Input[],
  size: number,
  again: boolean,
  options: OpenRecordingOptions,
): Promise<Recording | undefined> {
  const { memory = MEMORY, read, ...reading } = options;
  const { tmp = tmpdir() } = reading;
  const { seen, content } = contentOf();
  const rejected = new RejectedRows(tmp);
  const runs = new SortedRuns(tmp, size);
  const noticed = new Noticed();
  const arrivals = new Arrivals();
  const readings = new Readings();
  const close = async () => {
    await runs.close();
    await rejected.close();
  };
  let records: FixRecords | undefined;
  let [dropped, spilled, followed] = [false, false, 0];
  try {
    for await (records of readInputs(inputs, {
      ...reading,
      noticed,
      seen,
      room: Math.min(size, memory),
      rejected: (row, fault) => {
        rejected.add(row, fault);
      },
      understood: (how, input) => {
        readings.add(how, input);
      },
    })) {
      arrivals.follow(records, followed);
      followed = records.rows;
      await rejected.settle();
      read?.(arrivals.fixes + rejected.count);
      if (dropped && arrivals.outOfOrder > 0) {
        await close();
        return undefined;
      }
      if (records.bytes < memory || records.rows === 0) continue;
      if (again && !spilled && arrivals.outOfOrder === 0) dropped = true;
      else {
        await runs.add(records);
        spilled = true;
      }
      records.clear();
      followed = 0;
    }
    if (spilled && records!.rows > 0) await runs.add(records!);
    if (spilled || dropped) records!.release();
  } catch (error) {
    await close();
    throw error;
  }
  const fixes = records!;
  const made = content();
  return {
    inputs: inputs.map(({ name }) => name),
    content: made,
    readings: readings.all,
    extra: fixes.extra,
    rows: arrivals.fixes + rejected.count,
    rejected,
    noticed,
    span: arrivals.span,
    first: () => Promise.resolve(arrivals.span?.first),
    outOfOrder: 0,
    misplaced: arrivals.outOfOrder,
    batches: dropped
      ? { [Symbol.asyncIterator]: () => readAgain(inputs, made.sha256, options) }
      : asked(spilled ? () => runs.merged(fixes) : inMemory(fixes, arrivals.outOfOrder === 0)),
    close,
  };
}

/** The fixes of inputs that are in arrival order, read once more. @throws FileError if they are not what they were. */
async function* readAgain(
  inputs: readonly Input[],
  sha256: string,
  { layout, named, maxClockAhead, maxClockBehind, where, tmp, signal }: OpenRecordingOptions,
): AsyncGenerator<FixBatch, void, undefined> {
  const { seen, content } = contentOf();
  const maker = new BatchMaker();
  let records: FixRecords | undefined;
  const again = { layout, named, maxClockAhead, maxClockBehind, where, tmp, signal, seen };
  for await (records of readInputs(inputs, again)) {
    if (records.rows < FIXES_A_BATCH) continue;
    yield* maker.batches(records, asAdded(records));
    records.clear();
  }
  if (records) yield* maker.batches(records, asAdded(records));
  if (content().sha256 !== sha256)
    throw new FileError(`${listed(inputs.map(({ name }) => name))} changed while it was played: play it again when nothing writes to it`);
}

/** Fixes in memory, which are sorted when they are asked for first. */
function inMemory(records: FixRecords, inOrder: boolean): () => Generator<FixBatch, void, undefined> {
  let order: Sorted | undefined;
  return () => {
    order ??= inOrder ? asAdded(records) : sortTogether(records.arrival.subarray(0, records.rows), placesOf(records));
    return new BatchMaker().batches(records, order);
  };
}

function asAdded(records: FixRecords): Sorted {
  return { keys: records.arrival.subarray(0, records.rows), places: placesOf(records) };
}

/** What a generator makes when it is asked, anew for each who asks. */
function asked<T>(make: () => Generator<T, void, undefined>): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]: () => {
      const made = make();
      return { next: () => Promise.resolve(made.next()), return: () => Promise.resolve(made.return()) };
    },
  };
}
