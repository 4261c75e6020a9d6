import { distance } from '../domain/distance.js';
import type { Fix } from '../domain/fix.js';
import type { Steps } from '../domain/finish.js';
import type { History } from '../history/History.js';
import type { Span } from '../history/trackIn.js';
import { fixObject } from './fixObject.js';

/** The ends of a track, and how far it went along great circles from fix to fix. */
export interface TripObject {
  readonly first: ReturnType<typeof fixObject>;
  readonly last: ReturnType<typeof fixObject>;
  readonly distance_m: number;
  readonly fixes: number;
}

/** The trip of a device within a span; `undefined` if there is no fix. */
export function* tripOf(history: History, device: string, span: Span): Steps<TripObject | undefined> {
  let [first, last]: (Fix | undefined)[] = [];
  let [metres, fixes] = [0, 0];
  for (const passed of history.trackInSteps(device, span)) {
    if (passed) {
      metres += last ? distance(last, passed.fix) : 0;
      first ??= passed.fix;
      last = passed.fix;
      fixes++;
    }
    yield;
  }
  return first && last && { first: fixObject(first, history.extra), last: fixObject(last, history.extra), distance_m: metres, fixes };
}
