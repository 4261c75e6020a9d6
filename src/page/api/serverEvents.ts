import { defer, finalize, fromEvent, map, merge, type Observable } from 'rxjs';
import type { EventWith } from './Server.js';
import type { Pace, ServedFlush } from './served.js';

/**
 * The server's events. The browser reconnects by itself, resuming behind the last flush it got.
 *
 *     result   o--f-f---l--o-r-f-   opened, flushes, lost, opened again, another log, its flushes
 *
 * Errors when the browser has given up.
 */
export const serverEvents = (url: string): Observable<EventWith<ServedFlush>> =>
  defer(() => {
    const source = new EventSource(url);
    const data = <T>(name: string) => fromEvent<MessageEvent<string>>(source, name).pipe(map(({ data }) => JSON.parse(data) as T));
    return merge(
      fromEvent(source, 'open').pipe(map(() => ({ type: 'open' }) as const)),
      fromEvent(source, 'reset').pipe(map(() => ({ type: 'reset' }) as const)),
      data<ServedFlush>('flush').pipe(map((flush) => ({ type: 'flush', flush }) as const)),
      data<Pace>('pace').pipe(map((pace) => ({ type: 'pace', pace }) as const)),
      fromEvent(source, 'error').pipe(
        map(() => {
          if (source.readyState === EventSource.CLOSED) throw new Error('the stream of events was closed');
          return { type: 'lost' } as const;
        }),
      ),
    ).pipe(finalize(() => { source.close(); }));
  });
