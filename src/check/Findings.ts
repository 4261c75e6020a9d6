import type { Instant } from '../domain/instant.js';
import type { Judged } from '../domain/FixBatch.js';
import { LATE, VERDICTS, type Verdict } from '../domain/latest.js';
import { timetable } from '../live/timetable.js';
import { Distribution } from '../report/Distribution.js';
import { ArrivalCounts } from './ArrivalCounts.js';
import { DelayCounts } from './DelayCounts.js';
import { Oddities } from './Oddities.js';
import { Silences } from './Silences.js';
import type { Worst } from './Worst.js';

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

/** What is in a recording: a fold over its judged batches, which holds some numbers of it and a few for each device. */
export class Findings {
  /** Of all devices; the times mean nothing while there is no fix. */
  readonly all = none();
  readonly devices = new Map<string, DeviceFindings>();
  readonly #byNumber: DeviceFindings[] = [];
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
  readonly oddities = new Oddities();
  /** When the last is due, in ms from the first. */
  plays = 0;

  readonly #dueAt: (arrival: Instant) => number;
  #millisecond = NaN;
  #inMillisecond = 0;

  constructor({ rate = 1, maxGap = Infinity }: SurveyOptions = {}) {
    this.#dueAt = timetable(0, { rate, maxGap });
  }

  add(judged: Judged): void {
    const { batch: { columns: { arrival }, first, end } } = judged;
    this.#takeDevices(judged);
    this.#takeEvents(judged);
    this.#takeDelays(judged);
    this.#takeLate(judged);
    this.oddities.add(judged);
    for (let row = first; row < end; row++) this.arrivals.add(arrival[row]!);
    for (let row = first; row < end; row++) this.silences.add(arrival[row]!);
    for (let row = first; row < end; row++) this.#takeMillisecond(Math.floor(arrival[row]! / 1000));
    for (let row = first; row < end; row++) this.plays = Math.max(this.plays, this.#dueAt(arrival[row]!));
  }

  #takeDevices({ batch: { columns: { device, arrival, event }, first, end, devices }, verdict }: Judged): void {
    for (let row = first; row < end; row++) {
      const one = (this.#byNumber[device[row]!] ??= this.#begun(devices.id(device[row]!)));
      const name = VERDICTS[verdict[row]!]!;
      const time = arrival[row]!;
      const delay = time - event[row]!;
      one.verdicts[name]++;
      if (time < one.first) one.first = time;
      if (time > one.last) one.last = time;
      if (delay > one.longest) one.longest = delay;
      this.all.verdicts[name]++;
      if (time < this.all.first) this.all.first = time;
      if (time > this.all.last) this.all.last = time;
      if (delay > this.all.longest) this.all.longest = delay;
    }
  }

  #begun(device: string): DeviceFindings {
    const made = none();
    this.devices.set(device, made);
    return made;
  }

  #takeEvents({ batch: { columns: { event }, first, end } }: Judged): void {
    for (let row = first; row < end; row++) {
      this.event.first = Math.min(this.event.first, event[row]!);
      this.event.last = Math.max(this.event.last, event[row]!);
    }
  }

  #takeDelays({ batch, held }: Judged): void {
    const { columns: { arrival, event }, first, end } = batch;
    for (let row = first; row < end; row++) {
      const delay = arrival[row]! - event[row]!;
      this.delays.add(delay / 1e6);
      if (delay >= 0) {
        this.delay.record(delay / 1e6);
        continue;
      }
      this.ahead++;
      if (-delay > (this.farthestAhead?.by ?? 0)) this.farthestAhead = { fix: batch.fix(row), by: -delay, held: held[row]! };
    }
  }

  #takeLate({ batch, verdict, held }: Judged): void {
    const { columns: { event }, first, end } = batch;
    for (let row = first; row < end; row++) {
      if (verdict[row] !== LATE) continue;
      const by = held[row]! - event[row]!;
      this.lateBy.record(by / 1e6);
      if (by > (this.worstLate?.by ?? 0)) this.worstLate = { fix: batch.fix(row), by, held: held[row]! };
    }
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
