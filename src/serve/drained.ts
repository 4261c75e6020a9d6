import type { ServerResponse } from 'node:http';
import { asyncScheduler, firstValueFrom, fromEvent, race, tap, timer, type SchedulerLike } from 'rxjs';

const PATIENCE_MILLIS = 30_000;

/**
 * Resolves when what was written has been taken by the system, or the client has gone; `undefined` if it has been. One that
 * takes nothing for half a minute is dropped.
 */
export function drained(response: ServerResponse, scheduler: SchedulerLike = asyncScheduler): Promise<unknown> | undefined {
  if (!response.writableNeedDrain) return undefined;
  const late$ = timer(PATIENCE_MILLIS, scheduler).pipe(tap(() => response.destroy()));
  return firstValueFrom(race(fromEvent(response, 'drain'), fromEvent(response, 'close'), late$));
}
