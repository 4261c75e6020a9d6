import { defer, tap, type Observable, type OperatorFunction } from 'rxjs';
import { fromBatches } from './fromBatches.js';

export interface PullOptions<R> {
  /** How many of the items an emission of the pipe brings to their end. */
  readonly settles: (emission: R) => number;
  /** Ask for the next batch while no more than this many items are under way. */
  readonly ahead: number;
}

/**
 * Runs `batches` through `pipe` and asks for the next batch only when at most `ahead` items are still
 * under way in it, so that a slow end of the pipe slows down its source.
 *
 *     batches  [a b c]                 [d]      |
 *     pipe     --->  buffer, write, ...  --->
 *     result           {settles 2}       {settles 2}  |
 *
 * Errors of either pass on; unsubscribing ends both. Holds at most `ahead` items and one batch, in
 * whichever operators of the pipe they are. A pipe that keeps more than `ahead` items to itself until
 * others arrive would wait for ever.
 */
export const pull = <T, R>(
  batches: AsyncIterable<readonly T[]>,
  pipe: OperatorFunction<T, R>,
  { settles, ahead }: PullOptions<R>,
): Observable<R> =>
  defer(() => {
    let underWay = 0;
    let wake: () => void = () => undefined;
    const room = () => (underWay > ahead ? new Promise<void>((resolve) => (wake = resolve)) : undefined);

    return fromBatches(batches, room).pipe(
      tap(() => underWay++),
      pipe,
      tap((emission) => {
        underWay -= settles(emission);
        if (underWay <= ahead) wake();
      }),
    );
  });
