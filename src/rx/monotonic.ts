import { uptime } from 'node:os';
import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { sleepless } from './sleepless.js';

const clock = sleepless(() => performance.now(), () => uptime() * 1000);

/**
 * `asyncScheduler` on a clock that never jumps: ms since the process started, with fractions, untouched by a
 * change of the system's time, and going on while the machine sleeps, when timers stand still. For real runs;
 * under a `TestScheduler`, leave the default or pass that.
 */
export const monotonic: SchedulerLike & {
  /** For how many ms the machine has slept, as far as it was noticed: within a second of waking. */
  slept(): number;
} = {
  now: () => clock.now(),
  slept: () => clock.slept(),
  schedule: asyncScheduler.schedule.bind(asyncScheduler),
};
