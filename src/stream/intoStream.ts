import { concat, connect, defer, delay, EMPTY, from, ignoreElements, interval, last, map, merge, mergeMap, pipe, startWith, takeUntil, tap, type Observable } from 'rxjs';
import type { Commit } from '../domain/commit.js';
import { sizeOf, type FixBatch, type Judged } from '../domain/FixBatch.js';
import type { Instant } from '../domain/instant.js';
import { CHANGE } from '../domain/latest.js';
import type { End } from '../live/End.js';
import { latestInBatches } from '../live/latestInBatches.js';
import { errorLast } from '../rx/errorLast.js';
import { batchLines } from './batchLines.js';
import { partitionOf } from './partitionOf.js';
import type { Publisher } from './Publisher.js';
import type { StreamParcel } from './StreamCarrier.js';

/** How often a tick is sent, in ms. */
const TICK_MILLIS = 1000;

export interface IntoStreamOptions {
  readonly partitions: number;
  /** The names of the extra columns. */
  readonly extra: readonly string[];
  /** Send changes only. Default: every fix. */
  readonly onlyChanges?: boolean;
  /** From which place on the stream lacks the fixes of each partition. Default: from the first. */
  readonly next?: readonly number[];
  /** Its first emission gives up what the stream does not have `grace` ms later. Default: never. */
  readonly stop$?: Observable<unknown>;
  /** Default: 5000. */
  readonly grace?: number;
}

/** What is to be sent of a batch, and how many fixes that is. */
interface Sending {
  readonly size: number;
  readonly parcels: readonly StreamParcel[];
}

/**
 * An end of `play`: each fix is published into its partition of a stream when it is due, and is through when the stream
 * has it.
 *
 *     batches ▸ latest ▸ parcels ▸ publisher ▸ commits
 *
 * Each second, and at the end, a tick says in every partition that all before it was sent.
 *
 * Errors are those of the publisher. Holds the fixes that wait; `play` bounds them.
 */
export const intoStream =
  (publisher: Publisher, { partitions, extra, onlyChanges = false, next = [], stop$ = EMPTY, grace = 5000 }: IntoStreamOptions): End =>
  ({ scheduler, watcher, stopped, isPart }) => {
    const { sent } = publisher;
    const lineOf = batchLines(extra);
    const lanes: number[] = [];
    let latest: Instant = -Infinity;
    const sendingOf = ({ batch, verdict }: Judged): Sending => {
      const parcels: StreamParcel[] = [];
      for (let row = batch.first; row < batch.end; row++) {
        const seq = publisher.given++;
        const number = batch.columns.device[row]!;
        const lane = (lanes[number] ??= partitionOf(batch.devices.id(number), partitions));
        if (seq < (next[lane] ?? 0) || (onlyChanges && verdict[row] !== CHANGE)) continue;
        parcels.push(parcelOf(batch, row, seq, lane));
      }
      latest = Math.max(latest, batch.columns.arrival[batch.end - 1] ?? latest);
      sent.wanted += parcels.length;
      return { size: sizeOf(batch), parcels };
    };
    const parcelOf = (batch: FixBatch, row: number, seq: number, lane: number): StreamParcel => {
      const text = lineOf(batch, row, seq);
      const { arrival, device, due } = batch.columns;
      const bytes = Buffer.byteLength(text);
      return { device: batch.devices.id(device[row]!), arrival: arrival[row]!, place: seq + 1, text, bytes, due: due[row]!, lane };
    };
    const commit = async ({ size, parcels }: Sending): Promise<Commit> => {
      const refused = new Set((await publisher.send(parcels)).map(({ parcel }) => parcel));
      const taken = refused.size === 0 ? parcels : parcels.filter((parcel) => !refused.has(parcel));
      return { settled: size, written: taken.length, due: Float64Array.from(taken.map(({ due }) => due).filter((due) => due > -Infinity)) };
    };
    const tick = (ends: boolean) => (latest > -Infinity ? from(publisher.tick(ends ? latest + 1 : latest, { ends })) : EMPTY);
    return pipe(
      latestInBatches(),
      tap((judged) => watcher?.found(judged)),
      map(sendingOf),
      tap(() => watcher?.taken()),
      tap(() => watcher?.flushed()),
      errorLast(
        connect((all$) => {
          const over$ = all$.pipe(ignoreElements(), startWith(undefined), last());
          const ticks$ = interval(TICK_MILLIS, scheduler).pipe(mergeMap(() => tick(false)), ignoreElements(), takeUntil(over$));
          return merge(all$.pipe(mergeMap(commit)), ticks$);
        }),
      ),
      (commits$) => concat(commits$, defer(() => tick(!stopped() && !isPart)).pipe(ignoreElements())),
      takeUntil(stop$.pipe(delay(grace, scheduler))),
    );
  };
