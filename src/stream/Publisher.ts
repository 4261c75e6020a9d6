import { randomBytes } from 'node:crypto';
import type { SchedulerLike } from 'rxjs';
import type { Rejected } from '../domain/fix.js';
import type { Instant } from '../domain/instant.js';
import { shown } from '../domain/shown.js';
import { monotonic } from '../rx/monotonic.js';
import { Sent } from '../send/Sent.js';
import { formatLine } from './formatLine.js';
import { formatRejected } from './formatRejected.js';
import { formatTick } from './formatTick.js';
import { Lanes, type RefusedParcel } from './Lanes.js';
import { partitionOf } from './partitionOf.js';
import type { Stream } from './Stream.js';
import { StreamCarrier, type StreamParcel } from './StreamCarrier.js';
import { StreamError } from './StreamError.js';
import type { StreamFix } from './StreamFix.js';

/** What waits at most before a publisher is full. */
const [MAX_FIXES, MAX_BYTES] = [100_000, 64 * 1024 * 1024];
/** How many characters of a rejected row are sent at most, and how many bytes each may take in JSON. */
const [LONGEST_RECORD, BYTES_PER_CHARACTER] = [100_000, 6];
/** What may stand beside them. */
const REST_BYTES = 8192;

export interface PublisherOptions {
  /** What the fixes come from, as the table `sources` of a store names it. */
  readonly source: string;
  /** Whether the places of what is sent are those in the source, in order. Default: false. */
  readonly isPlaced?: boolean;
  /** Counts what becomes of the fixes. Default: one of its own. */
  readonly sent?: Sent;
  /** It is full when so much waits. Default: 100,000 fixes or 64 MiB. */
  readonly full?: { readonly fixes: number; readonly bytes: number };
  readonly scheduler?: SchedulerLike;
}

/**
 * Sends fixes into a stream. In each partition one message is under way, and is tried until the stream has it; what comes
 * meanwhile is the next. So each partition has its fixes in the order in which they were given, and each once.
 *
 * Holds what waits: it says when that is much, and takes it all the same.
 */
export class Publisher {
  /** What became of the fixes. */
  readonly sent: Sent;
  /** How many fixes of the source were given, or need not be: the place of the next, from 0. */
  given = 0;
  readonly #stream: Stream;
  readonly #isPlaced: boolean;
  readonly #lanes: Lanes;
  readonly #full: { readonly fixes: number; readonly bytes: number };
  /** How many rejected rows were given. */
  #rejected = 0;
  #ticking = false;

  constructor(
    stream: Stream,
    { source, isPlaced = false, sent = new Sent(), full = { fixes: MAX_FIXES, bytes: MAX_BYTES }, scheduler = monotonic }: PublisherOptions,
  ) {
    this.sent = sent;
    this.#stream = stream;
    this.#isPlaced = isPlaced;
    this.#full = full;
    const carrier = new StreamCarrier(stream, { source, publisher: randomBytes(8).toString('hex'), isPlaced });
    this.#lanes = new Lanes(stream, { carrier, sent, scheduler });
  }

  /** How many lines wait, or are under way, and their bytes. */
  get lines(): number {
    return this.#lanes.lines;
  }

  get bytes(): number {
    return this.#lanes.bytes;
  }

  /** Whether so much waits that no more should be given. */
  get isFull(): boolean {
    return this.lines >= this.#full.fixes || this.bytes >= this.#full.bytes;
  }

  /**
   * Sends fixes; resolves when the stream has them all.
   *
   * @throws StreamError if there is no right to publish, or a fix is larger than the stream takes; Error if it was closed
   */
  async publish(fixes: readonly StreamFix[]): Promise<void> {
    this.sent.wanted += fixes.length;
    const refused = await this.send(
      fixes.map((fix) => {
        const text = formatLine(fix);
        const { device, arrival = 0 } = fix;
        const lane = partitionOf(device, this.#stream.partitions);
        return { device, arrival, place: ++this.given, text, bytes: Buffer.byteLength(text), due: NaN, lane };
      }),
    );
    const [first] = refused;
    if (first) throw new StreamError(`${this.#stream.shown} refuses a fix of ${shown(first.parcel.device)}: ${first.reason}`);
  }

  /**
   * Sends rows that are not fixes, so that they are kept as rejected; resolves when the stream has them.
   *
   * @param there how many of the source the stream has already: so many are left out
   * @throws as `publish` does
   */
  async reject(rows: readonly Rejected[], there = 0): Promise<void> {
    const longest = Math.min(LONGEST_RECORD, Math.floor((this.#stream.maxPayload - REST_BYTES) / BYTES_PER_CHARACTER));
    await this.send(
      rows.flatMap(({ record, reason, line }) => {
        const seq = this.#rejected++;
        if (seq < there) return [];
        const text = formatRejected(record.slice(0, longest), reason, this.#isPlaced ? { seq, line } : undefined);
        const counted = { rejected: this.#rejected, isRejected: true };
        return [{ ...NOTE, ...counted, place: this.given, text, bytes: Buffer.byteLength(text), lane: 0 }];
      }),
    );
  }

  /**
   * Says in every partition that what arrived before has been sent, behind that. While it waits, another is left out.
   *
   * @param arrival nothing that will be given arrives before it
   * @param ends whether nothing will be given
   */
  async tick(arrival: Instant, { ends = false } = {}): Promise<void> {
    if (this.#ticking && !ends) return;
    this.#ticking = true;
    const text = formatTick(arrival, ends);
    const said = { ...NOTE, arrival, place: this.given, rejected: this.#rejected, text, bytes: Buffer.byteLength(text) };
    await this.send(Array.from({ length: this.#stream.partitions }, (_, lane) => ({ ...said, lane })));
    this.#ticking = false;
  }

  /**
   * Sends lines, each behind those that were given before it into its partition; resolves to those that were refused for
   * good, when the stream has the others.
   *
   * @throws as `publish` does
   */
  send(parcels: readonly StreamParcel[]): Promise<readonly RefusedParcel[]> {
    return this.#lanes.send(parcels);
  }

  /** Gives up what waits, and closes the stream. */
  async close(): Promise<void> {
    this.#lanes.fail(new StreamError(`${this.#stream.shown} was closed before it had everything`));
    await this.#stream.close();
  }
}

/** What is not a fix, and is in no device's lane. */
const NOTE = { device: '', arrival: 0, due: NaN, isNote: true } as const;
