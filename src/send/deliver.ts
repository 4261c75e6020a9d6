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

export interface Delivering {
  readonly carrier: Carrier;
  readonly sent: Sent;
  readonly outages: Outages;
  readonly scheduler: SchedulerLike;
}

/**
 * Sends a message until it is taken or refused for good, for ever if need be; one that is too large in halves, one after
 * the other.
 *
 * @throws FileError as `Carrier.carry` does; the reason of the signal when that is aborted
 */
export async function deliver(
  parcels: readonly Parcel[],
  { carrier, sent, outages, scheduler }: Delivering,
  signal: AbortSignal,
): Promise<Commit> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
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
      const first = await deliver(parcels.slice(0, half), { carrier, sent, outages, scheduler }, signal);
      return both(first, await deliver(parcels.slice(half), { carrier, sent, outages, scheduler }, signal));
    }
    if (answer.kind === 'taken') {
      sent.acknowledge(parcels.length, parcels.reduce((sum, { bytes }) => sum + bytes, 0), scheduler.now() - begun);
      return { settled: parcels.length, written: parcels.length, due: Float64Array.from(parcels.map(({ due }) => due).filter(isMeasured)) };
    }
    sent.refuse(parcels, answer.reason);
    return { settled: parcels.length, written: 0, due: new Float64Array(0) };
  }
}

function both(a: Commit, b: Commit): Commit {
  return { settled: a.settled + b.settled, written: a.written + b.written, due: Float64Array.from([...a.due, ...b.due]) };
}

function isMeasured(due: number): boolean {
  return due > -Infinity;
}
