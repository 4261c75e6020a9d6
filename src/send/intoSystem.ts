import { connect, delay, EMPTY, filter, groupBy, map, merge, mergeMap, pipe, takeUntil, tap, type Observable } from 'rxjs';
import type { Commit } from '../domain/commit.js';
import type { Fix } from '../domain/fix.js';
import { sizeOf, type Judged } from '../domain/FixBatch.js';
import { CHANGE } from '../domain/latest.js';
import type { End } from '../live/End.js';
import { latestInBatches } from '../live/latestInBatches.js';
import { errorLast } from '../rx/errorLast.js';
import { inLoads } from '../rx/inLoads.js';
import type { Carrier } from './Carrier.js';
import { deliver } from './deliver.js';
import { Outages } from './Outages.js';
import type { Parcel } from './Parcel.js';
import type { Sent } from './Sent.js';

export interface IntoSystemOptions {
  /** Counts what becomes of the fixes. */
  readonly sent: Sent;
  /** A fix as it is sent. */
  readonly textOf: (fix: Fix, place: number) => string;
  /** Send changes only. Default: every fix. */
  readonly onlyChanges?: boolean;
  /** Told when the other side takes nothing, and when it does again. Default: nobody is. */
  readonly say?: (line: string) => void;
  /** Its first emission gives up what is not acknowledged `grace` ms later. Default: never. */
  readonly stop$?: Observable<unknown>;
  /** Default: 5000. */
  readonly grace?: number;
}

/** What is to be sent of a batch. */
interface Parcels {
  readonly parcels: readonly Parcel[];
  /** How many fixes are not. */
  readonly left: number;
}

/**
 * An end of `play`: each fix is sent to another system when it is due, and is through when that has acknowledged it.
 *
 *     batches ▸ latest ▸ parcels ▸ lanes ▸ deliver ▸ commits
 *
 * A device has a lane, which it shares with others, and in each lane one message is under way: so the fixes of a device
 * arrive in order, also when some are sent again. What comes meanwhile is the next message, as far as there is room in it.
 *
 * Errors are those of the carrier. Holds the fixes that wait; `play` bounds them.
 */
export const intoSystem =
  (
    carrier: Carrier,
    { sent, textOf, onlyChanges = false, say = () => undefined, stop$ = EMPTY, grace = 5000 }: IntoSystemOptions,
  ): End =>
  ({ scheduler, watcher }) => {
    let place = 0;
    const outages = new Outages(carrier.name, say, () => scheduler.now());
    const delivering = { carrier, sent, scheduler, outages };
    carrier.watch?.({
      failed: (reason) => { outages.failed(reason); },
      answered: () => { outages.answered(); },
      repeated: (count) => (sent.retried += count),
    });
    const parcelsOf = ({ batch, verdict }: Judged): Parcels => {
      const parcels: Parcel[] = [];
      for (let row = batch.first; row < batch.end; row++) {
        place++;
        if (onlyChanges && verdict[row] !== CHANGE) continue;
        const fix = batch.fix(row);
        const text = textOf(fix, place);
        const lane = batch.columns.device[row]! % carrier.lanes;
        const { device, arrival } = fix;
        parcels.push({ device, arrival, place, text, bytes: Buffer.byteLength(text), due: batch.columns.due[row]!, lane });
      }
      sent.wanted += parcels.length;
      return { parcels, left: sizeOf(batch) - parcels.length };
    };
    const { fixes, bytes } = carrier.most;
    const least = Math.floor(bytes / fixes); // what a fix counts for at least
    const loads = inLoads((load: readonly Parcel[], signal) => deliver(load, delivering, signal), {
      max: bytes,
      sizeOf: (parcel) => Math.max(least, parcel.bytes),
    });
    return pipe(
      latestInBatches(),
      tap((judged) => watcher?.found(judged)),
      map(parcelsOf),
      tap(() => watcher?.taken()),
      tap(() => watcher?.flushed()),
      errorLast(
        connect((all$) =>
          merge(
            all$.pipe(filter(({ left }) => left > 0), map(({ left }): Commit => ({ settled: left, written: 0, due: new Float64Array(0) }))),
            all$.pipe(mergeMap(({ parcels }) => parcels), groupBy(({ lane }) => lane), mergeMap((lane$) => lane$.pipe(loads))),
          ),
        ),
      ),
      takeUntil(stop$.pipe(delay(grace, scheduler))),
    );
  };
