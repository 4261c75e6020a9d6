import {
  animationFrames,
  concat,
  connect,
  defer,
  EMPTY,
  exhaustMap,
  filter,
  ignoreElements,
  map,
  merge,
  takeWhile,
  tap,
  timeInterval,
  toArray,
  type Observable,
} from 'rxjs';
import type { Instant } from '../../domain/instant.js';
import type { AskFleet } from '../api/Server.js';
import type { Clock } from '../api/served.js';
import { Differences } from './Differences.js';
import { FleetAhead } from './FleetAhead.js';
import type { Picture } from './Picture.js';

const BEFORE = 60e6; // µs back, for where each was heading
const STEP_MS = 250; // ms of playing between two fleets that are asked for, at least
const PATIENCE = 1.5; // how many times as long a step is as the last answer took
const AHEAD = 3; // steps
const LONGEST_FRAME_MS = 250; // ms: what a hidden page misses is not made up for

/** How a view plays. The functions are asked in each frame, so rate and end may change while it plays. */
export interface PlayOptions {
  readonly by: Clock;
  /** Stream time per time. */
  readonly rate: () => number;
  /** The moment at which the play ends. */
  readonly end: () => Instant;
  readonly askFleet: AskFleet;
}

/**
 * Plays the fleet from a moment on: one picture a frame, from fleets that are asked for a few steps ahead, by both clocks.
 * It waits where answers come too late, and completes at the end.
 *
 *     frames   ffffffff
 *     result   ---pppp|
 *
 * Each picture is exact at the moments that were asked for. A step is as short as the server's answers allow; of several
 * fixes of a device within one step only the last is shown, at its own time. Errors with those of the server.
 */
export const playFleet = (at: Instant, { by, rate, end, askFleet }: PlayOptions): Observable<Picture> =>
  defer(() => {
    const opposite = by === 'arrival' ? 'event' : 'arrival';
    const [own, other] = [new FleetAhead(by), new FleetAhead(opposite)];
    const differences = new Differences(own.vehicles, other.vehicles);
    let position = at;
    let before: number | undefined;
    let lasted = 0; // ms that the last answers took
    const step = () => Math.round(rate() * Math.max(STEP_MS, PATIENCE * lasted) * 1000);
    const fleet$ = (ahead: FleetAhead, moment: Instant) =>
      askFleet({ at: moment, by: ahead === own ? by : opposite }).pipe(tap(({ fixes }) => { ahead.load(moment, fixes); }));
    const load$ = defer(() => {
      if (other.edge === undefined) return concat(fleet$(own, at - BEFORE), fleet$(own, at), fleet$(other, at));
      const edge = Math.min(other.edge + step(), end());
      return edge <= other.edge || other.edge - position > AHEAD * step() ? EMPTY : concat(fleet$(own, edge), fleet$(other, edge));
    });
    const advance = (now: number): Picture | undefined => {
      const elapsed = Math.min(LONGEST_FRAME_MS, now - (before ?? now));
      before = now;
      if (other.edge === undefined) return undefined;
      position = Math.max(position, Math.min(Math.round(position + rate() * elapsed * 1000), other.edge, end()));
      const [changes, others] = [own.advance(position), other.advance(position)];
      differences.update(changes);
      differences.update(others);
      return {
        live: false,
        by,
        at: position,
        run: 0,
        whole: false,
        still: changes.length + others.length === 0,
        vehicles: own.vehicles,
        changes,
        late: [],
        elsewhere: differences.elsewhere,
        compared: true,
      };
    };
    return animationFrames().pipe(
      connect((frame$) =>
        merge(
          frame$.pipe(
            exhaustMap(() => load$.pipe(toArray(), timeInterval())),
            tap(({ value, interval }) => { if (value.length > 0) lasted = interval; }),
            ignoreElements(),
          ),
          frame$.pipe(map(({ timestamp }) => advance(timestamp))),
        ),
      ),
      filter((picture) => picture !== undefined),
      takeWhile((picture) => picture.at < end(), true),
    );
  });
