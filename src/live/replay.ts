import { map, pipe, tap, type MonoTypeOperatorFunction } from 'rxjs';
import type { Instant } from '../domain/instant.js';
import { replayBatches, type ReplayOptions } from './replayBatches.js';

/** Anything that came at a time: what `replay` needs to know of a fix. */
export interface Arrived {
  /** µs since 1970. */
  readonly arrival: Instant;
}

export interface ReplayEachOptions<T> extends ReplayOptions {
  /**
   * Called before each item is emitted, with the ms of the scheduler's clock at which it was due; not at an infinite rate,
   * where nothing is due.
   */
  readonly onEmit?: ((item: T, due: number) => void) | undefined;
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
 * An error of the source or of the commands passes on at once, and a rate or a `maxGap` that is not valid is one. Holds
 * what the source has emitted and what is not
 * due yet, which is everything if the source emits all at once; `pull` bounds it. It is `replayBatches` for batches
 * of one.
 */
export const replay = <T extends Arrived>({
  onEmit = () => undefined,
  ...options
}: ReplayEachOptions<T> = {}): MonoTypeOperatorFunction<T> =>
  pipe(
    map((item: T) => new One(item)),
    replayBatches<One<T>>(options),
    tap(
      ({
        item,
        columns: {
          due: [due = NaN],
        },
      }) => {
        if (!Number.isNaN(due)) onEmit(item, due);
      },
    ),
    map(({ item }) => item),
  );

/** One item as a batch, or none of it. */
class One<T extends Arrived> {
  readonly item: T;
  readonly columns: { readonly arrival: readonly number[]; readonly due: number[] };
  readonly first = 0;
  readonly end: number;

  constructor(item: T, end = 1) {
    this.item = item;
    this.columns = { arrival: [item.arrival], due: [NaN] };
    this.end = end;
  }

  part(first: number, end: number): One<T> {
    return end > first ? this : new One(this.item, 0);
  }

  kept(): this {
    return this;
  }
}
