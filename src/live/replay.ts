import { asyncScheduler, defer, map, NEVER, takeWhile, tap, type MonoTypeOperatorFunction, type Observable, type SchedulerLike } from 'rxjs';
import { onTime } from '../rx/onTime.js';
import { Pacing, type Command, type Pace } from './Pacing.js';
import { timetable, type Timing } from './timetable.js';

/** Anything that came at a time: what `replay` needs to know of a fix. */
export interface Arrived {
  /** µs since 1970. */
  readonly arrival: number;
}

export interface ReplayOptions<T> extends Timing {
  /** Ends before the first that arrived after this instant. Default: with the source. */
  readonly until?: number | undefined;
  /** Told of each item before it is emitted, and when it was due in ms of the scheduler's clock; not at an infinite rate, where nothing is due. */
  readonly emitted?: ((item: T, due: number) => void) | undefined;
  /** Steers it while it runs; that it completes changes nothing. Default: it goes at its rate. */
  readonly commands$?: Observable<Command> | undefined;
  /** Told how it goes: when it starts, and after each command. */
  readonly paced?: ((pace: Pace) => void) | undefined;
  readonly scheduler?: SchedulerLike;
}

/**
 * Plays a recording, which comes in arrival order, as the live stream it once was: each item is emitted at
 * its due time by the `timetable` that starts at the subscription, never before it, and at once if it is
 * behind, or arrived before the one above it. With `rate: Infinity` each is emitted as it comes.
 *
 *     source   (abc|)            a arrived at 0 ms, b at 2 ms, c at 5 ms
 *     result   a-b--(c|)
 *
 * Commands re-anchor the timetable, so that it is still never early, and emits the same in the same order:
 *
 *     source   (abc|)
 *     commands --p--r---         p = pause, r = resume
 *     result   a------b--(c|)
 *
 * An error of the source or of the commands passes on at once, and a rate or a `maxGap` that is not valid is one. Holds what the source has emitted and what is not
 * due yet, which is everything if the source emits all at once; `pull` bounds it.
 */
export const replay =
  <T extends Arrived>({
    until = Infinity,
    emitted = () => undefined,
    commands$,
    paced = () => undefined,
    scheduler = asyncScheduler,
    ...timing
  }: ReplayOptions<T> = {}): MonoTypeOperatorFunction<T> =>
  (source) =>
    defer(() => {
      const wanted = until === Infinity ? source : source.pipe(takeWhile(({ arrival }) => arrival <= until));
      const { rate = 1 } = timing;
      const pacing = new Pacing(rate, scheduler.now());
      const momentOf = timetable(0, { ...timing, rate: 1 });
      paced(pacing.pace);
      if (rate === Infinity && !commands$) return wanted;
      const steered$ = (commands$ ?? NEVER).pipe(
        tap((command) => {
          pacing.steer(command, scheduler.now());
          paced(pacing.pace);
        }),
      );
      return wanted.pipe(
        map((item) => ({ item, moment: momentOf(item.arrival) })),
        onTime(({ moment }) => pacing.dueOf(moment), steered$, scheduler),
        tap(({ item, moment }) => {
          const due = pacing.emitted(moment, scheduler.now());
          if (due !== undefined) emitted(item, due);
        }),
        map(({ item }) => item),
      );
    });
