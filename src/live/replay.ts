import { asyncScheduler, defer, map, takeWhile, tap, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs';
import { onTime } from '../rx/onTime.js';
import { timetable, type Timing } from './timetable.js';

/** Anything that came at a time: what `replay` needs to know of a fix. */
export interface Arrived {
  /** µs since 1970. */
  readonly arrival: number;
}

export interface ReplayOptions<T> extends Timing {
  /** Ends after the last that arrived at this instant or before. Default: with the source. */
  readonly until?: number | undefined;
  /** Told of each item before it is emitted, and when it was due in ms of the scheduler's clock; not at an infinite rate, where nothing is due. */
  readonly emitted?: ((item: T, due: number) => void) | undefined;
  readonly scheduler?: SchedulerLike;
}

/**
 * Plays a recording, which comes in arrival order, as the live stream it once was: each item is emitted at
 * its due time by the `timetable` that starts at the subscription, never before it, and at once if it is
 * behind. With `rate: Infinity` each is emitted as it comes.
 *
 *     source   (abc|)            a arrived at 0 ms, b at 2 ms, c at 5 ms
 *     result   a-b--(c|)
 *
 * An error of the source passes on at once. Holds what the source has emitted and what is not due yet,
 * which is everything if the source emits all at once; `pull` bounds it.
 */
export const replay =
  <T extends Arrived>({
    until = Infinity,
    emitted = () => undefined,
    scheduler = asyncScheduler,
    ...timing
  }: ReplayOptions<T> = {}): MonoTypeOperatorFunction<T> =>
  (source) =>
    defer(() => {
      const wanted = until === Infinity ? source : source.pipe(takeWhile(({ arrival }) => arrival <= until));
      if (timing.rate === Infinity) return wanted;
      const dueAt = timetable(scheduler.now(), timing);
      return wanted.pipe(
        map((item) => ({ item, due: dueAt(item.arrival) })),
        onTime(scheduler),
        tap(({ item, due }) => { emitted(item, due); }),
        map(({ item }) => item),
      );
    });
