import type { JetStreamClient, JetStreamPublishOptions, PubAck } from '@nats-io/jetstream';
import type { NatsConnection, Status } from '@nats-io/transport-node';
import type { Line } from '../../src/stream/Line.js';
import { parseMessage } from '../../src/stream/parseMessage.js';
import type { Stream } from '../../src/stream/Stream.js';
import { StreamError } from '../../src/stream/StreamError.js';
import { StreamLink } from '../../src/stream/StreamLink.js';
import { Outages } from '../../src/send/Outages.js';

/** What becomes of a message that is published: its acknowledgement may be lost, or it may. */
export type Fate = 'taken' | 'lost' | 'unheard' | 'forbidden';

/** A message as it is kept. */
export interface MemoryMessage {
  readonly partition: number;
  readonly id: string | undefined;
  readonly header: (name: string) => string;
  readonly lines: readonly Line[];
}

/** A stream in memory, which knows messages by their ids, and does with each what the test says. */
export class MemoryStream {
  readonly messages: MemoryMessage[] = [];
  readonly said: string[] = [];
  /** How many messages were under way at once in one partition, at most. */
  mostUnderWay = 0;
  readonly stream: Stream;
  readonly #fateOf: (i: number) => Fate;
  readonly #most: number;
  readonly #underWay: number[];
  readonly #waiting: (() => void)[] = [];
  #published = 0;

  /** @param most a message of more lines is too large */
  constructor(partitions: number, now: () => number, fateOf: (i: number) => Fate = () => 'taken', most = Infinity) {
    this.#most = most;
    this.#fateOf = fateOf;
    this.#underWay = Array<number>(partitions).fill(0);
    const outages = new Outages('nats://memory/gps', (line) => this.said.push(line), now);
    const connection = { status: () => noStatus() } as unknown as NatsConnection;
    this.stream = {
      name: 'gps',
      shown: 'nats://memory/gps',
      partitions,
      connection,
      link: new StreamLink(connection, outages, {}),
      outages,
      maxPayload: 2 ** 20,
      subjectOf: (partition) => `gps.${partition}`,
      state: () => Promise.resolve({ created: 0, first: 1, last: this.messages.length, messages: this.messages.length, bytes: 0 }),
      inbox: () => '_INBOX.memory',
      jetstream: () => ({ publish: (...args: Parameters<JetStreamClient['publish']>) => this.#publish(...args) }) as unknown as JetStreamClient,
      manager: () => { throw new Error('nobody manages a stream in memory'); },
      patiently: (ask) => ask(),
      explained: (error) => new StreamError(`nats://memory/gps: ${(error as Error).message}`, { cause: error }),
      close: () => Promise.resolve(),
    };
  }

  /** All that were published are answered, the last first. */
  answer(): void {
    for (const answer of this.#waiting.splice(0).toReversed()) answer();
  }

  /** The lines of a partition, as it has them. */
  linesOf(partition: number): readonly Line[] {
    return this.messages.filter((message) => message.partition === partition).flatMap(({ lines }) => lines);
  }

  #publish(subject: string, body: unknown, { msgID, headers }: Partial<JetStreamPublishOptions> = {}): Promise<PubAck> {
    const partition = Number(subject.slice('gps.'.length));
    const lines = parseMessage(body as Buffer);
    const fate = lines.length > this.#most ? 'too large' : this.#fateOf(this.#published++);
    this.mostUnderWay = Math.max(this.mostUnderWay, ++this.#underWay[partition]!);
    const known = this.messages.findIndex(({ id }) => id !== undefined && id === msgID);
    if ((fate === 'taken' || fate === 'unheard') && known < 0)
      this.messages.push({ partition, id: msgID, header: (name) => headers?.get(name) ?? '', lines });
    const seq = known < 0 ? this.messages.length : known + 1;
    return new Promise((resolve, reject) =>
      this.#waiting.push(() => {
        this.#underWay[partition]!--;
        if (fate === 'taken') resolve({ stream: 'gps', seq, duplicate: known >= 0 });
        else reject(faultOf(fate));
      }),
    );
  }
}

function faultOf(fate: Exclude<Fate, 'taken'> | 'too large'): Error {
  if (fate === 'too large') return Object.assign(new Error('message size exceeds maximum allowed'), { code: 10_054 });
  if (fate === 'forbidden') return Object.assign(new Error('Permissions Violation'), { name: 'PermissionViolationError' });
  return new Error('timeout');
}

// eslint-disable-next-line @typescript-eslint/require-await -- nothing ever happens to its connection
async function* noStatus(): AsyncGenerator<Status, void, undefined> {
  yield* [];
}
