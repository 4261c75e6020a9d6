import type { SchedulerLike } from 'rxjs';
import { FileError } from '../csv/FileError.js';
import { Outages } from '../send/Outages.js';
import { patiently } from '../rx/patiently.js';
import { PassingFault } from './PassingFault.js';
import type { ReadStream, StreamMessage, StreamState } from './ReadStream.js';

/** Asks a stream until it answers; that it does not is said once. */
export class StreamPatience {
  readonly #stream: ReadStream;
  readonly #outages: Outages;
  readonly #scheduler: SchedulerLike;

  constructor(stream: ReadStream, said: (line: string) => void, scheduler: SchedulerLike) {
    this.#stream = stream;
    this.#outages = new Outages(stream.shown, said, () => scheduler.now());
    this.#scheduler = scheduler;
  }

  /** @throws FileError if it is not there or may not be read, and the reason of the signal */
  state(signal: AbortSignal): Promise<StreamState> {
    return this.ask(() => this.#stream.state(), signal);
  }

  /** Asks it something. @throws as `state` */
  ask<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return patiently(work, {
      failed: (error) => { this.#failed(error); },
      done: () => { this.#outages.answered(); },
      signal,
      scheduler: this.#scheduler,
    });
  }

  /** Messages, until they end or cannot be had for the moment. */
  async *messages(messages: AsyncIterable<StreamMessage | undefined>): AsyncGenerator<StreamMessage | undefined, void, undefined> {
    try {
      yield* messages;
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    if (!(error instanceof PassingFault) || error instanceof FileError) throw error;
    if (!error.isSaid) this.#outages.failed(error.message);
  }
}
