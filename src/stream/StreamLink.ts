import type { NatsConnection, Status } from '@nats-io/transport-node';
import type { Outages } from '../send/Outages.js';
import { withoutSecrets } from '../send/withoutSecrets.js';
import type { StreamCredentials } from './streamCredentials.js';

/** Knows whether a connection is there, and tells when it is lost and made anew, until it is closed. */
export class StreamLink {
  #isUp = true;
  /** Those that wait for the connection, or for its loss. */
  readonly #waiting = new Set<(isUp: boolean) => void>();

  constructor(connection: NatsConnection, outages: Outages, credentials: StreamCredentials) {
    const told = (status: Status) => {
      if (status.type === 'disconnect') {
        this.#isUp = false;
        outages.failed('the connection was lost');
      } else if (status.type === 'reconnect') {
        this.#isUp = true;
        outages.answered();
      } else if (status.type === 'error' && !this.#isUp) outages.failed(withoutSecrets(status.error.message, credentials));
      for (const look of this.#waiting) look(this.#isUp);
    };
    const watch = async () => {
      for await (const status of connection.status()) told(status);
    };
    void watch();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Resolves when the connection is there. @throws the reason of the signal as soon as that is aborted */
  up(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = this.#watched((isUp) => { if (isUp) settle(resolve); }, signal, reject);
      if (this.#isUp) settle(resolve);
    });
  }

  /** Awaits what depends on the connection. @throws Error if that is lost meanwhile, the reason of the signal when that is aborted */
  async during<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
    let stop = (): void => undefined;
    const lost = new Promise<never>((_, reject) => {
      const settle = this.#watched((isUp) => { if (!isUp) reject(new Error('the connection was lost')); }, signal, reject);
      stop = () => { settle(() => undefined); };
    });
    try {
      return await Promise.race([work, lost]);
    } finally {
      stop();
    }
  }

  /** Looks at each change, until what it gives is called, or the signal is aborted. */
  #watched(look: (isUp: boolean) => void, signal: AbortSignal, reject: (reason: Error) => void): (done: () => void) => void {
    const settle = (done: () => void) => {
      this.#waiting.delete(look);
      signal.removeEventListener('abort', end);
      done();
    };
    const end = () => { settle(() => { reject(signal.reason as Error); }); };
    this.#waiting.add(look);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    return settle;
  }
}
