import { defer, tap, type Observable, type OperatorFunction } from 'rxjs';
import { fromAsync } from './fromAsync.js';

export interface PullOptions<T, R> {
  /** For how many an item counts. Default: 1. */
  readonly sizeOf?: (item: T) => number;
  /** For how many an emission of the pipe is the end. */
  readonly settles: (emission: R) => number;
  /** Ask for the next item while no more than this are under way. */
  readonly ahead: number;
}

/**
 * Runs `items` through `pipe` and asks for the next one only when at most `ahead` are still under way in it, so that a
 * slow end of the pipe slows down its source.
 *
 *     items    a                       b        |
 *     pipe     --->  buffer, write, ...  --->
 *     result           {settles 1}       {settles 1}  |
 *
 * Errors of either pass on; unsubscribing ends both. Holds what counts for at most `ahead`, and one item, in
 * whichever operators of the pipe they are. A pipe that keeps more than `ahead` to itself until
 * others arrive would wait for ever.
 */
export const pull = <T, R>(
  items: AsyncIterable<T>,
  pipe: OperatorFunction<T, R>,
  { sizeOf = () => 1, settles, ahead }: PullOptions<T, R>,
): Observable<R> =>
  defer(() => {
    let underWay = 0;
    let wake: () => void = () => undefined;
    const room = () => (underWay > ahead ? new Promise<void>((resolve) => (wake = resolve)) : undefined);

    return fromAsync(items, room).pipe(
      tap((item) => (underWay += sizeOf(item))),
      pipe,
      tap((emission) => {
        underWay -= settles(emission);
        if (underWay <= ahead) wake();
      }),
    );
  });
