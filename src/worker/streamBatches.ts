import type { SchedulerLike } from 'rxjs';
import { count } from '../domain/counted.js';
import { DeviceIds } from '../domain/DeviceIds.js';
import type { FixBatch } from '../domain/FixBatch.js';
import type { Fix, Rejected } from '../domain/fix.js';
import { batchOf } from '../recording/batchOf.js';
import { StreamError } from '../stream/StreamError.js';
import type { ArrivalMerge } from './ArrivalMerge.js';
import type { StreamMessage } from './ReadStream.js';

/** How many fixes a batch has at most, how many more are held before it is looked which may come out, and for how long, in ms. */
const [MANY, MORE, EVERY] = [8192, 4096, 200];
/** So many fixes are held at most. */
const MOST = 1_000_000;

export interface StreamBatchesOptions {
  readonly merge: ArrivalMerge;
  /** What to call the stream. */
  readonly shown: string;
  /** The messages after which all that was held has come out, so far. */
  readonly letOut: readonly number[];
  /** The message with which it ends, and lets out all that is held; `undefined` if it goes on for ever. */
  readonly last: number | undefined;
  readonly reject: (rows: readonly Rejected[]) => Promise<void>;
  /** Notes that all comes out after a message, before it does. */
  readonly noteLetOut: (seq: number) => Promise<void>;
  readonly scheduler: SchedulerLike;
}

/**
 * The fixes of messages as batches in the order of their arrival: the same for the same messages, however often they are read.
 *
 * @throws StreamError if more than a million fixes would have to be held
 */
export async function* streamBatches(
  messages: AsyncIterable<StreamMessage | undefined>,
  { merge, shown, letOut, last, reject, noteLetOut, scheduler }: StreamBatchesOptions,
): AsyncGenerator<FixBatch, void, undefined> {
  const devices = new DeviceIds();
  const lets = new Set(letOut);
  let [held, looked, at] = [0, scheduler.now(), 0];
  function* batches(fixes: readonly Fix[]): Generator<FixBatch, void, undefined> {
    [held, looked] = [merge.size, scheduler.now()];
    for (let first = 0; first < fixes.length; first += MANY) yield batchOf(fixes.slice(first, first + MANY), devices);
  }
  if (last === 0) return;
  for await (const message of messages) {
    if (message) {
      at = message.seq;
      const rejected = merge.take(message);
      if (rejected.length > 0) await reject(rejected);
    }
    if (lets.has(at)) yield* batches(merge.releaseAll());
    else if (!message || merge.size > 2 * held + MORE || scheduler.now() - looked > EVERY) yield* batches(merge.release());
    if (merge.size > MOST)
      throw new StreamError(
        `${shown}: ${count(MOST)} fixes are held, since nothing has come in partition ${merge.last} that says that nothing earlier will: have its publishers send ticks, or take a store, into which fixes may come in any order`,
      );
    if (last !== undefined && (!message || at >= last)) break;
  }
  if (last === undefined) return;
  yield* batches(merge.release());
  if (merge.size === 0) return;
  await noteLetOut(at);
  yield* batches(merge.releaseAll());
}
