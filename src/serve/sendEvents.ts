import type { ServerResponse } from 'node:http';
import { asyncScheduler, fromEvent, interval, map, merge, takeUntil, tap, type Observable, type SchedulerLike } from 'rxjs';

/** Bytes that may wait for a client; one that is further behind is dropped, and can go on later. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;
const HEARTBEAT_MILLIS = 15_000;

export const EVENT_HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' } as const;

export interface SendEventsOptions {
  /** Called when the client is dropped. */
  readonly onDrop: () => void;
  readonly scheduler?: SchedulerLike;
}

/** Writes events to a client as they come, never waiting for it, until it goes or is dropped, and a comment every 15 s. Errors pass on. */
export function sendEvents(
  response: ServerResponse,
  event$: Observable<Buffer | string>,
  { onDrop, scheduler = asyncScheduler }: SendEventsOptions,
): Observable<unknown> {
  response.writeHead(200, EVENT_HEADERS);
  response.write(': lastfix\n\n');
  return merge(event$, interval(HEARTBEAT_MILLIS, scheduler).pipe(map(() => ':\n\n'))).pipe(
    tap((bytes) => {
      response.write(bytes);
      if (response.destroyed || response.writableLength <= MAX_WAITING_BYTES) return;
      onDrop();
      response.destroy();
    }),
    takeUntil(fromEvent(response, 'close')),
  );
}
