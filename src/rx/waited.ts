import type { SchedulerLike } from 'rxjs';

/** Resolves in so many ms. @throws the reason of the signal as soon as that is aborted */
export function waited(millis: number, scheduler: SchedulerLike, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = scheduler.schedule(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, millis);
    const end = () => {
      timer.unsubscribe();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}
