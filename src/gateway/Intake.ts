import { formatInstant, type Instant } from '../domain/instant.js';
import { MAX_CLOCK_AHEAD } from '../domain/fix.js';
import { formatDuration } from '../domain/duration.js';
import { shown } from '../domain/shown.js';
import type { ArrivalClock } from './ArrivalClock.js';
import type { GatewayCounts, Way } from './GatewayCounts.js';
import type { Outlet, OutletFix, OutletRecord } from './Outlet.js';
import type { Fault, Received } from './read/Received.js';

/** A record is kept as long as this, in characters. */
const MAX_KEPT = 65_536;
/** So many names of further columns are told apart: each is a column for ever. */
const MAX_NAMES = 2000;
/** By how much the clock of another gateway may be behind, in µs. */
const BEHIND = 1e6;
/** What a fix takes beside its record, in bytes. */
const OVERHEAD = 200;

export interface IntakeOptions {
  readonly clock: ArrivalClock;
  readonly counts: GatewayCounts;
  /** ms of a clock that does not go back. */
  readonly now: () => number;
  /** 32 random bits, which no other process of the same stream has. */
  readonly random: number;
  /** How much may wait for the stream: fixes, and bytes. */
  readonly most: { readonly fixes: number; readonly bytes: number };
}

/** What was taken of what came together. */
export interface Taken {
  readonly fixes: number;
  readonly dropped: number;
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
}

/** Takes what was received into the stream. Holds what waits for that, and the names of further columns. */
export class Intake {
  readonly #outlet: Outlet;
  readonly #options: IntakeOptions;
  readonly #names = new Set<string>();
  #count = 0;

  constructor(outlet: Outlet, options: IntakeOptions) {
    this.#outlet = outlet;
    this.#options = options;
  }

  /** Whether so much waits that nothing more is to be taken. */
  isFull(): boolean {
    const { counts, most } = this.#options;
    return counts.waiting >= most.fixes || counts.waitingBytes >= most.bytes;
  }

  /** Stamps what came together with its arrival, and resolves when the stream has it. What is not a fix goes there, too. */
  async take(received: readonly Received[], way: Way): Promise<Taken> {
    const { counts, now } = this.#options;
    const fixes: OutletFix[] = [];
    const records: OutletRecord[] = [];
    const rejected: { line: number; reason: string }[] = [];
    let [dropped, bytes] = [0, 0];
    let arrival = this.#options.clock.next(received.length);
    for (const one of received) {
      const { line, record } = one;
      const fix = one.kind === 'fix' ? this.#stamped(one, arrival++) : undefined;
      const fault = one.kind === 'rejected' ? one : fix && 'fault' in fix ? fix : undefined;
      bytes += OVERHEAD + record.length;
      if (one.kind === 'dropped') {
        dropped++;
        counts.drop(one.type);
      } else if (fault) {
        counts.reject(fault.fault);
        rejected.push({ line, reason: fault.reason });
        records.push(recordOf(record, line, fault.reason));
      } else if (one.kind === 'fix') {
        counts.fix(way, one.form);
        fixes.push(fix as OutletFix);
      }
    }
    const begun = now();
    const waiting = fixes.length + records.length;
    if (waiting === 0) return { fixes: 0, dropped, rejected };
    counts.waiting += waiting;
    counts.waitingBytes += bytes;
    try {
      await Promise.all([fixes.length > 0 && this.#outlet.publish(fixes), records.length > 0 && this.#outlet.reject(records)]);
    } finally {
      counts.waiting -= waiting;
      counts.waitingBytes -= bytes;
    }
    counts.acknowledged = now();
    counts.acknowledgements.record((counts.acknowledged - begun) / 1000);
    return { fixes: fixes.length, dropped, rejected };
  }

  /**
   * Tells the stream that all that arrived until a moment ago was given to it: others may have a clock that is a little
   * behind. Resolves when it has that.
   */
  async tick(): Promise<void> {
    const { clock, counts, now } = this.#options;
    await this.#outlet.tick(clock.next() - BEHIND);
    counts.acknowledged = now();
  }

  /** Tells the stream that all was given to it. Resolves when it has that. */
  async end(): Promise<void> {
    await this.#outlet.end(this.#options.clock.next());
  }

  #stamped({ fix }: Extract<Received, { kind: 'fix' }>, now: Instant): OutletFix | { readonly fault: Fault; readonly reason: string } {
    const { device, arrival = now, place, event, latitude, longitude, speed, extra } = fix;
    if (isAhead(event, arrival)) return { fault: 'clock', reason: ahead('its event time', event, 'its arrival', arrival) };
    if (isAhead(arrival, now)) return { fault: 'clock', reason: ahead('its time', arrival, 'now', now) };
    const added = Object.keys(extra).filter((name) => !this.#names.has(name));
    const beyond = added[MAX_NAMES - this.#names.size];
    if (beyond !== undefined)
      return { fault: 'keys', reason: `its key ${shown(beyond)} would be a column more than ${MAX_NAMES}: leave out what is not needed` };
    for (const name of added) this.#names.add(name);
    this.#count = (this.#count + 1) % 256;
    return { device, arrival, event, latitude, longitude, speed, extra, seq: place ?? this.#options.random * 256 + this.#count };
  }
}

function isAhead(time: Instant, of: Instant): boolean {
  return (time - of) / 1000 > MAX_CLOCK_AHEAD;
}

function ahead(what: string, time: Instant, of: string, other: Instant): string {
  return `${what} ${formatInstant(time)} is more than ${formatDuration(MAX_CLOCK_AHEAD)} after ${of}, ${formatInstant(other)}`;
}

function recordOf(record: string, line: number, reason: string): OutletRecord {
  if (record.length <= MAX_KEPT) return { record, line, reason };
  return { line, record: record.slice(0, MAX_KEPT), reason: `${reason} (the first ${MAX_KEPT} characters are kept)` };
}
