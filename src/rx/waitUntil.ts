import { defer, first, map, of, repeat, timer, type Observable, type SchedulerLike } from 'rxjs';

/** No timer is set for more ms, which also is far below the 2^31 at which Node.js fires it at once. */
const LONGEST_TIMER = 1000;

/**
 * Emits `value` and completes, never before the scheduler's clock reads `due` ms, and at once if it does already.
 *
 *     due in 3  ---(v|)
 *     overdue   (v|)
 *
 * Timers wake up early by up to 2 ms, and stand still while the machine sleeps: so it looks at the clock again,
 * once a second at least.
 */
export const waitUntil = <T>(due: number, value: T, scheduler: SchedulerLike): Observable<T> =>
  defer(() => {
    const left = () => due - scheduler.now();
    if (!(left() > 0)) return of(value);
    return defer(() => timer(Math.min(Math.ceil(left()), LONGEST_TIMER), scheduler)).pipe(
      repeat(),
      first(() => !(left() > 0)),
      map(() => value),
    );
  });
