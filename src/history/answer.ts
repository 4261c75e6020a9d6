import { finish, type Steps } from '../domain/finish.js';
import type { Fix } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';
import { mapInSteps } from '../domain/mapInSteps.js';
import type { Bounds } from '../lookup/newestIn.js';
import type { History } from './History.js';
import type { Clock } from './trackIn.js';

/** When a question is about. */
export interface Moment {
  /** The asked moment, included. Default: the last arrival in the log or its late file. */
  readonly at?: Instant | undefined;
  /** By which clock: what was known then (`arrival`), or where the device was then, late fixes used (`event`). Default: `arrival`. */
  readonly by?: Clock | undefined;
  /** Only what had arrived at this moment, included. Default: everything. */
  readonly knownAt?: Instant | undefined;
  /** How many ms old a fix may be and still answer. Default: as old as it is. */
  readonly maxAge?: number | undefined;
}

/** A fix, and how many µs old it was: the asked moment less its event time. */
export interface Aged {
  /** `too old` if it is older than was asked for. */
  readonly known: 'fix' | 'too old';
  readonly fix: Fix;
  readonly asked: Instant;
  readonly age: number;
  /** The names of the extra columns. */
  readonly extra: readonly string[];
}

/** What is said of a device: its fix, or why there is none. */
export type Told =
  | Aged
  /** There is none yet by the clock `by`, on which the first comes later. */
  | { readonly known: 'only later'; readonly by: Clock; readonly asked: Instant; readonly first: Instant }
  /** The log has no such device, only these. */
  | { readonly known: 'nothing'; readonly devices: ReadonlySet<string> };

/** What is said of a device without looking at the others. */
export type Answer = Exclude<Told, { readonly known: 'nothing' }> | { readonly known: 'nothing' };

/** What a history tells of a device at a moment. */
export function answer(history: History, device: string, moment: Moment): Told {
  const told = finish(answerInSteps(history, device, moment));
  return told.known === 'nothing' ? { ...told, devices: askedOf(history, moment).devices() } : told;
}

export function* answerInSteps(history: History, device: string, moment: Moment): Steps<Answer> {
  const bounds = boundsOf(moment);
  const asked = askedOf(history, moment);
  const fix = yield* asked.newestInSteps(device, bounds);
  if (fix) return aged(history, fix, moment);
  const arrived = asked.firstArrival(device);
  if (arrived === undefined) return { known: 'nothing' };
  if (arrived > bounds.arrival) return { known: 'only later', by: 'arrival', asked: bounds.arrival, first: arrived };
  return { known: 'only later', by: 'event', asked: bounds.event, first: (yield* asked.firstEventInSteps(device, bounds.arrival))! };
}

/** What a history tells of all devices at a moment: of those that it knows something of then, by their ids. */
export function answerOfAll(history: History, moment: Moment): readonly Aged[] {
  return finish(answerOfAllInSteps(history, moment));
}

export function* answerOfAllInSteps(history: History, moment: Moment): Steps<readonly Aged[]> {
  const fixes = yield* askedOf(history, moment).newestOfAllInSteps(boundsOf(moment));
  return yield* mapInSteps(fixes, (fix) => aged(history, fix, moment));
}

/** What is needed of a log to tell of a moment: without a time, the age counts from the last arrival, which may be in the late file. */
export function needsLate({ at, by }: Moment): boolean {
  return by === 'event' || at === undefined;
}

/** Late fixes tell where a device was, not what was known of it. */
function askedOf(history: History, { by }: Moment): History {
  return by === 'event' ? history : history.changes;
}

function boundsOf({ at = Infinity, by = 'arrival', knownAt = Infinity }: Moment): Bounds {
  return by === 'event' ? { event: at, arrival: knownAt } : { event: Infinity, arrival: Math.min(at, knownAt) };
}

function aged(history: History, fix: Fix, { at, knownAt = Infinity, maxAge = Infinity }: Moment): Aged {
  const asked = at ?? Math.min(history.end ?? fix.arrival, knownAt);
  const age = asked - fix.event;
  return { known: age > maxAge * 1000 ? 'too old' : 'fix', fix, asked, age, extra: history.extra };
}
