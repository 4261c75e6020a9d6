import { aged } from '../domain/aged.js';
import { boundsOf } from '../domain/boundsOf.js';
import type { Steps } from '../domain/finish.js';
import { mapInSteps } from '../domain/mapInSteps.js';
import type { Aged, Answer, Moment } from '../domain/Past.js';
import type { History } from './History.js';

/** The answer of a history about a device at a moment. */
export function* answerIn(history: History, device: string, moment: Moment): Steps<Answer> {
  const bounds = boundsOf(moment);
  const part = partOf(history, moment);
  const fix = yield* part.newestInSteps(device, bounds);
  if (fix) return aged(fix, moment, history.end, history.extra);
  const first = part.firstArrival(device);
  if (first === undefined) return { known: 'nothing' };
  if (first > bounds.arrival) return { known: 'only later', by: 'arrival', asked: bounds.arrival, first };
  return { known: 'only later', by: 'event', asked: bounds.event, first: (yield* part.firstEventInSteps(device, bounds.arrival))! };
}

/** The answers of a history about all devices at a moment: about those that have a fix then, by their ids. */
export function* answersIn(history: History, moment: Moment): Steps<readonly Aged[]> {
  const fixes = yield* partOf(history, moment).newestOfAllInSteps(boundsOf(moment));
  return yield* mapInSteps(fixes, (fix) => aged(fix, moment, history.end, history.extra));
}

/** Whether the late file is needed to answer: without a time, the age counts from the last arrival, which may be there. */
export function needsLate({ at, by }: Moment): boolean {
  return by === 'event' || at === undefined;
}

/** Late fixes say where a device was, not what was known of it. */
function partOf(history: History, { by }: Moment): History {
  return by === 'event' ? history : history.changes;
}
