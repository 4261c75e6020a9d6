import type { Fix } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';
import type { Update, Verdict } from '../domain/latest.js';
import { timetable } from '../live/timetable.js';
import { Distribution } from '../report/Distribution.js';
import { ArrivalCounts } from './ArrivalCounts.js';
import { DelayCounts } from './DelayCounts.js';
import { Silences } from './Silences.js';

export interface SurveyOptions {
  /** How many times as fast it is to be played; `Infinity` does not wait at all. Default: 1. */
  readonly rate?: number;
  /** Silences longer than this many ms are to be cut to it. Default: none are. */
  readonly maxGap?: number;
}

/** What is known of a device, or of all. Its first and last arrival, and its longest delay in µs (negative: its clock is ahead). */
export interface DeviceFindings {
  readonly verdicts: Record<Verdict, number>;
  first: Instant;
  last: Instant;
  longest: number;
}

/** The fix that was worst in some way, by so many µs. */
export interface Worst {
  readonly fix: Fix;
  readonly by: number;
  readonly held: Fix | undefined;
}

/** What is in a recording: a fold over its updates, which holds some numbers of it and a few for each device. */
export class Findings {
  /** Of all devices; the times mean nothing while there is no fix. */
  readonly all = none();
  readonly devices = new Map<string, DeviceFindings>();
  /** The first and the last event time. */
  readonly event = { first: Infinity, last: -Infinity };
  readonly arrivals = new ArrivalCounts();
  readonly silences = new Silences();
  /** Over all fixes. */
  readonly delays = new DelayCounts();
  /** From event to arrival, in seconds, over those whose clock is not ahead. */
  readonly delay = new Distribution();
  /** By how much a late fix is older than the one held, in seconds. */
  readonly lateBy = new Distribution();
  worstLate: Worst | undefined;
  /** How many fixes say that they were taken after they arrived. */
  ahead = 0;
  farthestAhead: Worst | undefined;
  /** How many fixes arrived in the millisecond of the one before them, and how many arrived in one at most. */
  sameMillisecond = 0;
  mostInMillisecond = 0;
  /** When the last is due, in ms from the first. */
  plays = 0;

  readonly #dueAt: (arrival: Instant) => number;
  #millisecond = NaN;
  #inMillisecond = 0;

  constructor({ rate = 1, maxGap = Infinity }: SurveyOptions = {}) {
    this.#dueAt = timetable(0, { rate, maxGap });
  }

  add({ fix, verdict, held }: Update): void {
    const { arrival, event } = fix;
    for (const one of [this.all, this.#of(fix.device)]) {
      one.verdicts[verdict]++;
      one.first = Math.min(one.first, arrival);
      one.last = Math.max(one.last, arrival);
      one.longest = Math.max(one.longest, arrival - event);
    }
    this.event.first = Math.min(this.event.first, event);
    this.event.last = Math.max(this.event.last, event);
    this.arrivals.add(arrival);
    this.silences.add(arrival);
    this.#takeDelay(fix, held);
    if (verdict === 'late') this.#takeLate(fix, held!);
    this.#takeMillisecond(Math.floor(arrival / 1000));
    this.plays = Math.max(this.plays, this.#dueAt(arrival));
  }

  #of(device: string): DeviceFindings {
    const known = this.devices.get(device);
    if (known) return known;
    const made = none();
    this.devices.set(device, made);
    return made;
  }

  #takeDelay(fix: Fix, held: Fix | undefined): void {
    const delay = fix.arrival - fix.event;
    this.delays.add(delay / 1e6);
    if (delay >= 0) {
      this.delay.record(delay / 1e6);
      return;
    }
    this.ahead++;
    if (-delay > (this.farthestAhead?.by ?? 0)) this.farthestAhead = { fix, by: -delay, held };
  }

  #takeLate(fix: Fix, held: Fix): void {
    const by = held.event - fix.event;
    this.lateBy.record(by / 1e6);
    if (by > (this.worstLate?.by ?? 0)) this.worstLate = { fix, by, held };
  }

  #takeMillisecond(millisecond: number): void {
    const same = millisecond === this.#millisecond;
    this.#millisecond = millisecond;
    this.#inMillisecond = same ? this.#inMillisecond + 1 : 1;
    this.mostInMillisecond = Math.max(this.mostInMillisecond, this.#inMillisecond);
    if (same) this.sameMillisecond++;
  }
}

function none(): DeviceFindings {
  return { verdicts: { change: 0, late: 0, duplicate: 0, conflict: 0 }, first: Infinity, last: -Infinity, longest: -Infinity };
}
