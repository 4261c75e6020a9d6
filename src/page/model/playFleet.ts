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
import type { AskChanges, AskFleet } from '../api/Server.js';
import type { Clock } from '../api/served.js';
import { Differences } from './Differences.js';
import { FleetAhead } from './FleetAhead.js';
import { loading } from './loading.js';
import type { Picture } from './Picture.js';

const BEFORE = 60e6; // µs back, for where each was heading
const STEP_MS = 250; // ms of playing between two questions, at least
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
  readonly askChanges: AskChanges;
  /** How many fixes of a step are asked for at most. Default: as many as a page keeps up with. */
  readonly limit?: number;
}

/**
 * Plays the fleet from a moment on: one picture a frame, of what is asked for a few steps ahead, by both clocks. It waits where
 * answers come too late, and completes at the end.
 *
 *     frames   ffffffff
 *     result   ---pppp|
 *
 * Each picture is exact: every fix is shown at its own time, also those that came too late. Where there are too many for that,
 * a step is as short as the server's answers allow, and of several fixes of a device within one step only the last is shown,
 * at its own time. Errors with those of the server.
 */
export const playFleet = (at: Instant, { by, rate, end, askFleet, askChanges, limit }: PlayOptions): Observable<Picture> =>
  defer(() => {
    const opposite = by === 'arrival' ? 'event' : 'arrival';
    const [own, other] = [new FleetAhead(by), new FleetAhead(opposite)];
    const differences = new Differences(own.vehicles, other.vehicles);
    const [ofOwn, ofOther] = [
      loading(own, { by, askFleet, askChanges, limit }),
      loading(other, { by: opposite, askFleet, askChanges, limit }),
    ];
    let position = at;
    let before: number | undefined;
    let lasted = 0; // ms that the last answers took
    const step = () => Math.round(rate() * Math.max(STEP_MS, PATIENCE * lasted) * 1000);
    const load$ = defer(() => {
      if (other.edge === undefined) return concat(ofOwn.begin(at - BEFORE, at), ofOther.begin(at));
      const edge = Math.min(other.edge + step(), end());
      return edge <= other.edge || other.edge - position > AHEAD * step() ? EMPTY : concat(ofOwn.goOn(edge), ofOther.goOn(edge));
    });
    const advance = (now: number): Picture | undefined => {
      const elapsed = Math.min(LONGEST_FRAME_MS, now - (before ?? now));
      before = now;
      if (other.edge === undefined) return undefined;
      position = Math.max(position, Math.min(Math.round(position + rate() * elapsed * 1000), other.edge, end()));
      const [changes, others] = [own.advance(position), other.advance(position)];
      const late = own.lateUpTo(position);
      differences.update(changes);
      differences.update(others);
      return {
        live: false,
        by,
        at: position,
        run: 0,
        whole: false,
        still: changes.length + others.length + late.length === 0,
        vehicles: own.vehicles,
        changes,
        late,
        elsewhere: differences.elsewhere,
        displaced: differences.displaced,
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
