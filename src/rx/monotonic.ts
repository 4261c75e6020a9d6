import { asyncScheduler, type SchedulerLike } from 'rxjs';

/**
 * `asyncScheduler` on a clock that never jumps: ms since the process started, with fractions, untouched by
 * a change of the system's time. For real runs; under a `TestScheduler`, leave the default or pass that.
 */
export const monotonic: SchedulerLike = {
  now: () => performance.now(),
  schedule: asyncScheduler.schedule.bind(asyncScheduler),
};
