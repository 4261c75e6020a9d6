import { Observable } from 'rxjs';

/**
 * An Observable of the items of `batches`, each batch emitted in one go, and the next one asked for only
 * when `ready()` has resolved. RxJS has no backpressure of its own; `ready` is where it comes from.
 *
 *     batches  [a b]    [c]    |
 *     ready         ····    ··
 *     result   (ab)     c      |
 *
 * Errors of the iterable and of `ready` are passed on. Unsubscribing calls the iterable's `return()`, unless it has
 * come to its end by itself; if that fails there is nobody left to tell, and it is an unhandled rejection. Each
 * subscription iterates anew. Holds one batch.
 */
export function fromBatches<T>(
  batches: AsyncIterable<readonly T[]>,
  ready: () => Promise<unknown> | undefined = () => undefined,
): Observable<T> {
  return new Observable<T>((subscriber) => {
    const iterator = batches[Symbol.asyncIterator]();
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
      for (let batch = await next(); !batch.done; batch = await next()) {
        for (const item of batch.value) {
          if (subscriber.closed) return;
          subscriber.next(item);
        }
        await ready();
        if (subscriber.closed) return;
      }
      subscriber.complete();
    };
    drain().catch((error: unknown) => { subscriber.error(error); });
    return () => {
      if (!over) void leave();
    };
  });
}
