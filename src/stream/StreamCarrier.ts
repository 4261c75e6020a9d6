import { headers } from '@nats-io/transport-node';
import type { JetStreamClient } from '@nats-io/jetstream';
import type { Carried, Carrier } from '../send/Carrier.js';
import type { Parcel } from '../send/Parcel.js';
import { HEADERS } from './HEADERS.js';
import type { Stream } from './Stream.js';
import { StreamError } from './StreamError.js';

/** What a message has at most: with so much, it costs little a fix, and is below what a server takes by default (1 MiB). */
const [MAX_FIXES, MAX_BYTES] = [500, 512 * 1024];
/** What its headers may take. */
const HEADER_BYTES = 2048;
/**
 * How long a server may take to acknowledge a message, in ms: twice as long each time, up to the second. A leader of a
 * stream that is gone says nothing, and the next one is there after some seconds.
 */
const [PATIENCE, LONGEST_PATIENCE] = [2000, 16_000];
const LONGEST_PAUSE = 2000;
/** What JetStream says of a message that is larger than the stream takes, and of a subject that is of another stream. */
const [TOO_LARGE, OTHER_STREAM] = [10_054, 10_060];

/** A fix, or a note, on its way into a stream. Its lane is its partition. */
export interface StreamParcel extends Parcel {
  /** How many rejected rows of the source were given before it, or with it. */
  readonly rejected?: number;
  /** Whether it is a rejected row. Default: no. */
  readonly isRejected?: boolean;
}

export interface CarrierOptions {
  /** What the fixes come from, and the process that sends them. */
  readonly source: string;
  readonly publisher: string;
  /** Whether the places of the parcels are those in the source, so that another run can go on after them. */
  readonly isPlaced: boolean;
}

/**
 * Publishes messages into a stream: some lines of one partition each. A message that is sent again has the same id, so
 * that the stream has it once.
 */
export class StreamCarrier implements Carrier {
  readonly name: string;
  readonly lanes: number;
  readonly most: { readonly fixes: number; readonly bytes: number };
  readonly longestPause = LONGEST_PAUSE;
  readonly #stream: Stream;
  readonly #client: JetStreamClient;
  readonly #options: CarrierOptions;
  /** For how long the next acknowledgement of each lane is waited for, where that is longer than usual. */
  readonly #patience = new Map<number, number>();

  constructor(stream: Stream, options: CarrierOptions) {
    this.name = stream.shown;
    this.lanes = stream.partitions;
    this.most = { fixes: MAX_FIXES, bytes: Math.min(MAX_BYTES, stream.maxPayload - HEADER_BYTES) };
    this.#stream = stream;
    this.#client = stream.jetstream();
    this.#options = options;
  }

  async carry(parcels: readonly StreamParcel[], signal: AbortSignal): Promise<Carried> {
    const { link, name, maxPayload } = this.#stream;
    const body = Buffer.from(parcels.map(({ text }) => `${text}\n`).join(''));
    if (body.length + HEADER_BYTES > maxPayload)
      return parcels.length > 1 ? TOO_MUCH : { kind: 'refused', reason: `it is larger than the ${maxPayload} bytes that the server takes` };
    const [{ lane }] = parcels as [StreamParcel];
    const { msgID, found } = this.#headersOf(parcels);
    const timeout = this.#patience.get(lane) ?? PATIENCE;
    const publish = async (id: string | undefined) => {
      await link.up(signal);
      const options = { headers: found, timeout, expect: { streamName: name }, ...(id === undefined ? {} : { msgID: id }) };
      return link.during(this.#client.publish(this.#stream.subjectOf(lane), body, options), signal);
    };
    try {
      const { duplicate, seq } = await publish(msgID);
      const first = duplicate ? (await this.#stream.state()).first : 0;
      if (seq < first) await publish(`${msgID} after ${first - 1}`); // it was purged, and its id is still known
      this.#patience.delete(lane);
      return { kind: 'taken' };
    } catch (error) {
      signal.throwIfAborted();
      this.#patience.set(lane, Math.min(2 * timeout, LONGEST_PATIENCE));
      return this.#answerTo(error, parcels);
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #headersOf(parcels: readonly StreamParcel[]) {
    const { source, publisher, isPlaced } = this.#options;
    const { lane, place: next, rejected = 0 } = parcels.at(-1)!;
    const place = parcels.findLast(({ isNote }) => isNote !== true)?.place;
    const row = parcels.findLast(({ isRejected }) => isRejected === true)?.rejected;
    const found = headers();
    found.set('Content-Type', 'application/x-ndjson');
    found.set(HEADERS.source, source);
    found.set(HEADERS.publisher, publisher);
    if (isPlaced) {
      found.set(HEADERS.next, String(next));
      found.set(HEADERS.rejected, String(rejected));
    }
    if (place === undefined && row === undefined) return { msgID: undefined, found }; // a tick may come twice
    // what has the same last fix, and the same last rejected row, has nothing that the stream lacks: all before is there
    const last = [place === undefined ? [] : String(place - 1), row === undefined ? [] : `r${row}`].flat().join('.');
    return { msgID: `${isPlaced ? source : publisher}.${lane}.${last}`, found };
  }

  #answerTo(error: unknown, { length }: readonly StreamParcel[]): Carried {
    const explained = this.#stream.explained(error);
    const { name, code } = error as { readonly name?: string; readonly code?: unknown };
    if (code === TOO_LARGE) return length > 1 ? TOO_MUCH : { kind: 'refused', reason: 'it is larger than the stream takes' };
    if (code === OTHER_STREAM || name === 'PermissionViolationError' || isPermission(error)) throw explained;
    return { kind: 'again', reason: explained instanceof StreamError ? reasonIn(explained.message) : explained.message };
  }
}

const TOO_MUCH = { kind: 'too large', reason: 'it is larger than the server takes' } as const;

function isPermission(error: unknown): boolean {
  return (error as Error).cause instanceof Error && ((error as Error).cause as Error).name === 'PermissionViolationError';
}

/** What is behind the name of the stream, which the message has already. */
function reasonIn(message: string): string {
  return message.replace(/^(?:cannot reach )?\S+: /, '');
}
