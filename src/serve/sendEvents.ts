import { firstValueFrom, fromEvent, interval, map, merge, race, takeUntil, tap, timer, type Observable } from 'rxjs';
import type { ServerResponse } from 'node:http';

/** Bytes that may wait for a client; one that is further behind is dropped, and can resume. */
const MOST_WAITING = 4 * 1024 * 1024;
const HEARTBEAT = 15_000;
const PATIENCE = 30_000;

/** Writes events to a client as they come, never waiting for it, until it goes or is dropped. Emits when it has gone. */
export function sendEvents(response: ServerResponse, event$: Observable<Buffer | string>, dropped: () => void): Observable<unknown> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  response.write(': lastfix\n\n');
  return merge(event$, interval(HEARTBEAT).pipe(map(() => ':\n\n'))).pipe(
    tap((bytes) => {
      response.write(bytes);
      if (response.destroyed || response.writableLength <= MOST_WAITING) return;
      dropped();
      response.destroy();
    }),
    takeUntil(fromEvent(response, 'close')),
  );
}

/**
 * Resolves when what was written has been taken by the system, or the client has gone; `undefined` if it has been. One that
 * takes nothing for half a minute is dropped.
 */
export function drained(response: ServerResponse): Promise<unknown> | undefined {
  if (!response.writableNeedDrain) return undefined;
  const late$ = timer(PATIENCE).pipe(tap(() => response.destroy()));
  return firstValueFrom(race(fromEvent(response, 'drain'), fromEvent(response, 'close'), late$));
}
