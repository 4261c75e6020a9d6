import { defer, of, switchMap, timer, type Observable, type SchedulerLike } from 'rxjs';

/** The longest delay in ms that a timer of Node.js or a browser keeps: a longer one fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Emits `value` and completes, never before the scheduler's clock reads `due` ms, and at once if it does already.
 *
 *     due in 3  ---(v|)
 *     overdue   (v|)
 *
 * Timers wake up early by up to 2 ms, and not at all beyond 24.8 days: so it looks at the clock again.
 */
export const waitUntil = <T>(due: number, value: T, scheduler: SchedulerLike): Observable<T> =>
  defer(() => {
    const wait = due - scheduler.now();
    if (!(wait > 0)) return of(value);
    return timer(Math.min(Math.ceil(wait), LONGEST_TIMER), scheduler).pipe(
      switchMap(() => waitUntil(due, value, scheduler)),
    );
  });
