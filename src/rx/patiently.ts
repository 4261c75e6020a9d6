import type { SchedulerLike } from 'rxjs';
import { waited } from './waited.js';

/** How long to wait before something is tried again, in ms: at first, and at most. */
const [FIRST_WAIT, LONGEST_WAIT] = [50, 2000];

export interface Patience {
  /** Told of each failure, and throws what is not to be tried again. */
  readonly failed: (error: unknown) => void;
  /** Told when it has been done. */
  readonly done: () => void;
  readonly signal: AbortSignal;
  readonly scheduler: SchedulerLike;
}

/** Does something, again and again until it is done. @throws what `failed` throws, and the reason of the signal */
export async function patiently<T>(work: () => Promise<T>, { failed, done, signal, scheduler }: Patience): Promise<T> {
  for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    try {
      const result = await work();
      done();
      return result;
    } catch (error) {
      failed(error);
    }
    await waited(wait, scheduler, signal);
  }
}
