import type { SchedulerAction, SchedulerLike, Subscription } from 'rxjs';

/** A scheduler with the right time, but a timer for `delay` ms fires after `skew(delay)` ms. */
export const skewed = (scheduler: SchedulerLike, skew: (delay: number) => number): SchedulerLike => ({
  now: () => scheduler.now(),
  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay = 0, state?: T): Subscription {
    return scheduler.schedule(work, skew(delay), state);
  },
});
