import type { ConsumerConfig } from '@nats-io/jetstream';
import type { SchedulerLike } from 'rxjs';
import type { Msg } from '@nats-io/transport-node';
import { HEADERS } from '../stream/HEADERS.js';
import type { Stream } from '../stream/Stream.js';
import { delivered, type Delivered } from './delivered.js';
import { Inbox } from './Inbox.js';
import { isPassing } from './isPassing.js';
import { PassingFault } from './PassingFault.js';
import { pulledMessages } from './pulledMessages.js';
import type { ReadStream, StreamMessage, StreamState } from './ReadStream.js';

/** After how long without a word a server is given up, in ms. */
const SILENT = 3000;
const NANOS = 1e6;
/** No source of lastfix has a longer name, and an index of PostgreSQL can keep it. */
const LONGEST_SOURCE = 500;
const UNSTORABLE = /[\0\p{Cs}]/u;

export interface JetStreamReaderOptions {
  /** Makes a subject of its own, for answers. */
  readonly inboxOf: () => string;
  /** The subject that is read alone, if it is one of its owner's. */
  readonly subject: string | undefined;
  readonly scheduler: SchedulerLike;
}

/** A stream of JetStream, read without leaving a trace in it: each reading has a consumer of its own, which ends with it. */
export class JetStreamReader implements ReadStream {
  readonly name: string;
  readonly shown: string;
  readonly partitions: number;
  readonly isWhole: boolean;
  readonly #stream: Stream;
  readonly #subject: string | undefined;
  readonly #inboxOf: () => string;
  readonly #scheduler: SchedulerLike;
  /** Aborted when the connection is lost. */
  #connected = new AbortController();

  constructor(stream: Stream, { inboxOf, subject, scheduler }: JetStreamReaderOptions) {
    this.#stream = stream;
    this.#subject = subject;
    this.#inboxOf = inboxOf;
    this.#scheduler = scheduler;
    this.name = subject === undefined ? stream.name : `${stream.name} ${subject}`;
    this.shown = stream.shown;
    this.partitions = stream.partitions;
    this.isWhole = subject === undefined;
    void this.#watch();
  }

  async state(): Promise<StreamState> {
    if (this.#connected.signal.aborted) throw new PassingFault('the connection was lost', true);
    try {
      return await this.#stream.state();
    } catch (error) {
      throw this.#faultOf(error);
    }
  }

  async *read(
    partition: number | undefined,
    from: number,
    signal: AbortSignal,
  ): AsyncGenerator<StreamMessage | undefined, void, undefined> {
    const consumer = await this.#consumer(partition, { deliver_policy: 'by_start_sequence', opt_start_seq: from });
    try {
      const inbox = new Inbox(this.#stream.connection, this.#inboxOf(), this.#scheduler);
      try {
        const ask = (request: object) => { this.#ask(consumer, inbox.place, request); };
        for await (const pulled of pulledMessages(inbox, ask, AbortSignal.any([signal, this.#connected.signal])))
          yield pulled && { ...pulled.info, ...this.#headersOf(pulled.message), data: pulled.message.data };
      } finally {
        inbox.close();
      }
    } finally {
      await this.#leave(consumer);
    }
  }

  async last(): Promise<readonly (Pick<StreamMessage, 'seq' | 'time'> | undefined)[]> {
    const whole = { deliver_policy: 'last_per_subject', filter_subject: `${this.#stream.name}.*` } as const;
    const consumer = await this.#consumer(this.isWhole ? undefined : 0, this.isWhole ? whole : { deliver_policy: 'last' });
    try {
      const inbox = new Inbox(this.#stream.connection, this.#inboxOf(), this.#scheduler);
      try {
        this.#ask(consumer, inbox.place, { batch: this.partitions, no_wait: true });
        const last = new Map<string, Delivered>();
        while (last.size < this.partitions) {
          const message = await inbox.next(SILENT, this.#connected.signal);
          if (!message) throw new PassingFault('it did not answer in time', this.#connected.signal.aborted);
          if (message.subject === inbox.place || message.reply === undefined) break;
          last.set(this.isWhole ? message.subject : this.#stream.subjectOf(0), delivered(message.reply));
        }
        return Array.from({ length: this.partitions }, (_, partition) => last.get(this.#stream.subjectOf(partition)));
      } finally {
        inbox.close();
      }
    } finally {
      await this.#leave(consumer);
    }
  }

  close(): Promise<void> {
    return this.#stream.close();
  }

  #headersOf({ subject, headers }: Msg): Pick<StreamMessage, 'partition' | 'publisher' | 'source'> {
    const partition = this.#subject === undefined ? Number(subject.slice(this.#stream.name.length + 1)) : 0;
    return { partition, publisher: headers?.get(HEADERS.publisher) ?? '', source: sourceOf(headers?.get(HEADERS.source)) };
  }

  async #consumer(partition: number | undefined, config: Partial<ConsumerConfig>): Promise<string> {
    if (this.#connected.signal.aborted) throw new PassingFault('the connection was lost', true);
    const filter = partition === undefined ? {} : { filter_subject: this.#stream.subjectOf(partition) };
    try {
      const name = `lastfix-${this.#inboxOf().split('.').at(-1)!}`;
      const common = { name, ack_policy: 'none', mem_storage: true, num_replicas: 1, inactive_threshold: 30_000 * NANOS } as const;
      await this.#stream.manager().consumers.add(this.#stream.name, { ...common, ...filter, ...config });
      return name;
    } catch (error) {
      throw this.#faultOf(error);
    }
  }

  #ask(consumer: string, place: string, request: object): void {
    this.#stream.connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${this.#stream.name}.${consumer}`, JSON.stringify(request), { reply: place });
  }

  /** Ends a consumer, which otherwise ends by itself in half a minute. */
  async #leave(consumer: string): Promise<void> {
    if (this.#connected.signal.aborted || this.#stream.connection.isClosed()) return;
    await this.#stream.manager().consumers.delete(this.#stream.name, consumer).catch(() => undefined);
  }

  #faultOf(error: unknown): Error {
    const explained = this.#stream.explained(error);
    return isPassing(error) ? new PassingFault(explained.message, this.#connected.signal.aborted, { cause: error }) : explained;
  }

  async #watch(): Promise<void> {
    for await (const { type } of this.#stream.connection.status()) {
      if (type === 'disconnect') this.#connected.abort();
      else if (type === 'reconnect') this.#connected = new AbortController();
    }
  }
}

/** What a message says that it comes from: a name that the store can keep. */
function sourceOf(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text.length > LONGEST_SOURCE || UNSTORABLE.test(text) ? undefined : text;
}
