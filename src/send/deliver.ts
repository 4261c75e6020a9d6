import type { SchedulerLike } from 'rxjs';
import type { Commit } from '../domain/commit.js';
import { waited } from '../rx/waited.js';
import type { Carrier } from './Carrier.js';
import type { Outages } from './Outages.js';
import type { Parcel } from './Parcel.js';
import type { Sent } from './Sent.js';

/** How long to wait before the first try again, and at most, in ms: twice as long each time. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [100, 10_000];
/** The other side may ask for no longer pause. */
const LONGEST_ASKED = 300_000;

export interface Delivering<P extends Parcel = Parcel> {
  readonly carrier: Carrier;
  readonly sent: Sent;
  readonly outages: Outages;
  readonly scheduler: SchedulerLike;
  /** Told what was refused for good. Default: it is only counted. */
  readonly refused?: (parcels: readonly P[], reason: string) => void;
}

/**
 * Sends a message until it is taken or refused for good, for ever if need be; one that is too large in halves, one after
 * the other.
 *
 * @throws FileError as `Carrier.carry` does; the reason of the signal when that is aborted
 */
export async function deliver<P extends Parcel>(parcels: readonly P[], delivering: Delivering<P>, signal: AbortSignal): Promise<Commit> {
  const { carrier, sent, outages, scheduler, refused } = delivering;
  const longest = carrier.longestPause ?? LONGEST_PAUSE;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, longest)) {
    const begun = scheduler.now();
    const answer = await carrier.carry(parcels, signal);
    signal.throwIfAborted();
    if (answer.kind === 'again') {
      outages.failed(answer.reason);
      await waited(Math.max(pause, Math.min(answer.after ?? 0, LONGEST_ASKED)), scheduler, signal);
      sent.retried++;
      continue;
    }
    outages.answered();
    if (answer.kind === 'too large' && parcels.length > 1) {
      const half = Math.ceil(parcels.length / 2);
      const first = await deliver(parcels.slice(0, half), delivering, signal);
      return both(first, await deliver(parcels.slice(half), delivering, signal));
    }
    const fixes = parcels.filter(({ isNote }) => isNote !== true);
    if (answer.kind === 'taken') {
      const bytes = parcels.reduce((sum, parcel) => sum + parcel.bytes, 0);
      if (fixes.length > 0) sent.acknowledge(fixes.length, bytes, scheduler.now() - begun);
      return { settled: fixes.length, written: fixes.length, due: Float64Array.from(fixes.map(({ due }) => due).filter(isMeasured)) };
    }
    if (fixes.length > 0) sent.refuse(fixes, answer.reason);
    refused?.(parcels, answer.reason);
    return { settled: fixes.length, written: 0, due: new Float64Array(0) };
  }
}

function both(a: Commit, b: Commit): Commit {
  return { settled: a.settled + b.settled, written: a.written + b.written, due: Float64Array.from([...a.due, ...b.due]) };
}

function isMeasured(due: number): boolean {
  return due > -Infinity;
}
