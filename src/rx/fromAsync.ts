import { Observable } from 'rxjs';

/**
 * An Observable of the items of an iterable, the next one asked for only when `ready()` has resolved. RxJS has no
 * backpressure of its own; `ready` is where it comes from.
 *
 *     items    a      b     |
 *     ready     ····   ··
 *     result   a      b     |
 *
 * Errors of the iterable and of `ready` are passed on. Unsubscribing calls the iterable's `return()`, unless it has
 * come to its end by itself; if that fails there is nobody left to tell, and it is an unhandled rejection. Each
 * subscription iterates anew. Holds nothing.
 */
export function fromAsync<T>(items: AsyncIterable<T>, ready: () => Promise<unknown> | undefined = () => undefined): Observable<T> {
  return new Observable<T>((subscriber) => {
    const iterator = items[Symbol.asyncIterator]();
    let over = false;
    const next = async () => {
      try {
        const result = await iterator.next();
        over = result.done === true;
        return result;
      } catch (error) {
        over = true;
        throw error;
      }
    };
    const leave = async () => iterator.return?.();
    const drain = async () => {
      while (!subscriber.closed) {
        const item = await next();
        if (item.done) {
          subscriber.complete();
          return;
        }
        subscriber.next(item.value);
        await ready();
      }
    };
    drain().catch((error: unknown) => { subscriber.error(error); });
    return () => {
      if (!over) void leave();
    };
  });
}
