import type { ReadStream, StreamMessage, StreamState } from '../../src/worker/ReadStream.js';
import { PassingFault } from '../../src/worker/PassingFault.js';

const START = Date.UTC(2026, 10, 25, 12) * 1000;

type Kept = Omit<StreamMessage, 'pending'>;

/** A stream in memory, as workers read one: it can be purged, cut, made anew and be away. */
export class FakeStream implements ReadStream {
  readonly name = 'gps';
  readonly shown = 'nats://here/gps';
  created = START;
  readonly isWhole = true;
  isAway = false;
  /** How often it answers as a server that lacks the last five messages. */
  behind = 0;
  /** How many messages were given out: what is pulled. */
  given = 0;
  #messages: Kept[] = [];
  #last = 0;
  #clock = 0;
  #first = 1;
  #changed: (() => void)[] = [];
  #breaks = new AbortController();

  constructor(readonly partitions = 2) {}

  /** Adds a message. @returns its place */
  publish(partition: number, lines: readonly string[], source?: string): number {
    const seq = ++this.#last;
    this.#messages.push({ partition, publisher: 'fake', seq, time: this.created + ++this.#clock * 1000, source, data: Buffer.from(lines.map((line) => `${line}\n`).join('')) });
    this.#wake();
    return seq;
  }

  /** Takes away all messages up to one. */
  purge(to: number): void {
    this.#first = Math.max(this.#first, to + 1);
    this.#messages = this.#messages.filter(({ seq }) => seq > to);
  }

  /** Loses its end, as in a power cut: what comes next has these places again, at another time. */
  cut(to: number): void {
    this.#last = to;
    this.#messages = this.#messages.filter(({ seq }) => seq <= to);
    this.break();
  }

  /** Lacks its end for now. @returns what gives it back */
  lose(count: number): () => void {
    const [last, messages] = [this.#last, this.#messages];
    this.cut(last - count);
    return () => {
      [this.#last, this.#messages] = [last, messages];
      this.break();
    };
  }

  /** Is another stream from now on, without messages. */
  makeAnew(): void {
    this.created += 3_600_000_000;
    [this.#messages, this.#last, this.#first] = [[], 0, 1];
    this.break();
  }

  /** Ends all readings, as when a connection is lost. */
  break(): void {
    this.#breaks.abort();
    this.#breaks = new AbortController();
    this.#wake();
  }

  state(): Promise<StreamState> {
    if (this.isAway) return Promise.reject(new PassingFault('it does not answer', false));
    return Promise.resolve({ created: this.created, first: this.#first, last: this.#last });
  }

  last(): Promise<readonly (Pick<StreamMessage, 'seq' | 'time'> | undefined)[]> {
    const upTo = this.#messages.filter(({ seq }) => seq <= this.#last - (this.behind-- > 0 ? 5 : 0));
    return Promise.resolve(Array.from({ length: this.partitions }, (_, own) => upTo.findLast(({ partition }) => partition === own)));
  }

  async *read(
    partition: number | undefined,
    from: number,
    signal: AbortSignal,
  ): AsyncGenerator<StreamMessage | undefined, void, undefined> {
    const broken = AbortSignal.any([signal, this.#breaks.signal]);
    broken.addEventListener('abort', () => { this.#wake(); });
    const isRead = (message: Kept) => partition === undefined || message.partition === partition;
    const rest = (next: number) => this.#messages.filter((message) => message.seq >= next && isRead(message));
    const isOver = () => broken.aborted;
    for (let next = from; !isOver(); ) {
      const [message, ...others] = rest(next);
      if (message) {
        next = message.seq + 1;
        this.given++;
        yield { ...message, pending: others.length };
      } else {
        yield undefined;
        if (!isOver() && rest(next).length === 0) await new Promise<void>((resolve) => this.#changed.push(resolve));
      }
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #wake(): void {
    for (const resolve of this.#changed.splice(0)) resolve();
  }
}
