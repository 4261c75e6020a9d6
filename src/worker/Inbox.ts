import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import type { SchedulerLike } from 'rxjs';

/** What comes for a subject of its own, in the order of its coming, for one who takes it one by one. */
export class Inbox {
  readonly place: string;
  readonly #scheduler: SchedulerLike;
  readonly #subscription: Subscription;
  readonly #messages: Msg[] = [];
  #wake: () => void = () => undefined;

  constructor(connection: NatsConnection, place: string, scheduler: SchedulerLike) {
    this.place = place;
    this.#scheduler = scheduler;
    // eslint-disable-next-line no-restricted-syntax -- a subscription of NATS, not of an Observable
    this.#subscription = connection.subscribe(place, { callback: (_, message) => { this.#push(message); } });
  }

  /** The next message; `undefined` if none comes within so many ms, or the signal is aborted. */
  async next(millis: number, signal: AbortSignal): Promise<Msg | undefined> {
    if (this.#messages.length === 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          timer.unsubscribe();
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const timer = this.#scheduler.schedule(wake, millis);
        signal.addEventListener('abort', wake, { once: true });
        this.#wake = wake;
      });
    }
    return signal.aborted ? undefined : this.#messages.shift();
  }

  close(): void {
    this.#subscription.unsubscribe();
  }

  #push(message: Msg): void {
    this.#messages.push(message);
    this.#wake();
  }
}
