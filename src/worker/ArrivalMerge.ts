import type { Fix, Rejected } from '../domain/fix.js';
import { formatInstant, type Instant } from '../domain/instant.js';
import { formatRow } from '../csv/formatRow.js';
import { parseMessage } from '../stream/parseMessage.js';
import { PartitionTicks } from '../stream/PartitionTicks.js';
import type { StreamFix } from '../stream/StreamFix.js';
import type { StreamMessage } from './ReadStream.js';

/** How the sources of recordings begin: their fixes come in the order of their places, in each partition. */
const RECORDING = 'recording ';
/** No message has more lines. */
const MOST_LINES = 2 ** 20;

interface Held {
  readonly fix: Fix;
  /** The number of its source in the order in which they first came, and its place there: the order of what arrived together. */
  readonly source: number;
  readonly place: number;
}

/**
 * Fixes of several partitions in the order of their arrival. Each is held until every partition has promised that nothing
 * comes that arrived before: by the ticks of its publishers or, as long as it has had none, by a fix that arrived later.
 *
 *     gps.0   1   4      tick 6
 *     gps.1     2   tick 5   8
 *     out           1 2  4            8 waits for gps.0
 *
 * It depends on nothing but the messages and their order, so that they always come out in one order.
 */
export class ArrivalMerge {
  /** The names of the extra columns that are kept, in their order; others are counted by their names. */
  readonly columns: readonly string[];
  readonly dropped = new Map<string, number>();
  /** How many fixes were sent a second time. */
  repeated = 0;
  /** Everything that arrived before this may come out. */
  #bound: Instant = -Infinity;
  /** What came out last, or may have: nothing that arrived before it can follow. */
  #least: Instant = -Infinity;
  #held: Held[] = [];
  readonly #ticks: readonly PartitionTicks[];
  readonly #promised: { tick: Instant | undefined; fix: Instant }[];
  readonly #sources = new Map<string, number>();
  /** The greatest place of each recording in each partition. */
  readonly #places = new Map<string, number>();

  /** @param isFromStart whether the first message is that of the stream */
  constructor(partitions: number, columns: readonly string[], isFromStart: boolean) {
    this.columns = columns;
    this.#ticks = Array.from({ length: partitions }, () => new PartitionTicks(isFromStart));
    this.#promised = Array.from({ length: partitions }, () => ({ tick: undefined, fix: -Infinity }));
  }

  /** How many fixes are held. */
  get size(): number {
    return this.#held.length;
  }

  /** The partition that holds up the others. */
  get last(): number {
    const promises = this.#promised.map(promiseOf);
    return promises.indexOf(Math.min(...promises));
  }

  /** Takes a message. @returns what of it is not a fix, or comes too late */
  take(message: StreamMessage): Rejected[] {
    const { seq, time, partition, publisher } = message;
    const rejected: Rejected[] = [];
    const promised = this.#promised[partition]!;
    for (const said of parseMessage(message.data, time)) {
      const where = `message ${seq}, line ${said.line}`;
      if (said.kind === 'tick') {
        promised.tick = this.#ticks[partition]!.take({ arrival: said.arrival, ends: said.ends, publisher, stored: time }) ?? promised.tick;
      } else if (said.kind === 'rejected') {
        const record = Buffer.from(said.record).toString();
        rejected.push(said.from ? { line: said.from.line, reason: said.reason, record } : { line: seq, reason: `${where}: ${said.reason}`, record });
      } else {
        const { fix } = said;
        const arrival = fix.arrival ?? time;
        if (this.#isRepeated(message, fix)) this.repeated++;
        else if (arrival < this.#least) rejected.push({ line: seq, reason: `${where}: it ${this.#tooLate(arrival)}`, record: recordOf(fix, arrival) });
        else this.#hold(message, said.line, fix, arrival);
        promised.fix = Math.max(promised.fix, arrival);
      }
    }
    this.#bound = Math.max(this.#bound, Math.min(...this.#promised.map(promiseOf)));
    this.#least = Math.max(this.#least, this.#bound);
    return rejected;
  }

  /** Takes out what may come out, in its order. */
  release(): Fix[] {
    const out = this.#held.filter(({ fix }) => fix.arrival < this.#bound);
    if (out.length > 0) this.#held = this.#held.filter(({ fix }) => fix.arrival >= this.#bound);
    return inOrder(out);
  }

  /** Takes out all, in its order: what arrived before the last of it can no longer follow. */
  releaseAll(): Fix[] {
    const out = inOrder(this.#held);
    this.#held = [];
    this.#least = Math.max(this.#least, out.at(-1)?.arrival ?? -Infinity);
    return out;
  }

  #tooLate(arrival: Instant): string {
    return `arrived at ${formatInstant(arrival)}, and what arrived until ${formatInstant(this.#least)} is written already`;
  }

  #isRepeated({ source, partition }: StreamMessage, { seq }: StreamFix): boolean {
    if (seq === undefined || !source?.startsWith(RECORDING)) return false;
    const key = `${partition} ${source}`;
    if (seq <= (this.#places.get(key) ?? -1)) return true;
    this.#places.set(key, seq);
    return false;
  }

  #hold({ source, seq }: StreamMessage, line: number, fix: StreamFix, arrival: Instant): void {
    const isPlaced = source !== undefined && fix.seq !== undefined;
    const name = isPlaced ? source : '';
    const number = this.#sources.get(name) ?? this.#sources.size;
    this.#sources.set(name, number);
    const { device, event, latitude, longitude, speed } = fix;
    const extra = this.columns.map((column) => fix.extra[column] ?? '');
    for (const column in fix.extra) if (!this.columns.includes(column)) this.dropped.set(column, (this.dropped.get(column) ?? 0) + 1);
    const place = isPlaced ? fix.seq : seq * MOST_LINES + line;
    this.#held.push({ fix: { device, arrival, event, latitude, longitude, speed, extra }, source: number, place });
  }
}

function promiseOf({ tick, fix }: { readonly tick: Instant | undefined; readonly fix: Instant }): Instant {
  return tick ?? fix;
}

function inOrder(held: readonly Held[]): Fix[] {
  return [...held]
    .sort((a, b) => a.fix.arrival - b.fix.arrival || a.source - b.source || a.place - b.place)
    .map(({ fix }) => fix);
}

function recordOf({ device, event, latitude, longitude, speed, extra }: StreamFix, arrival: Instant): string {
  return formatRow([formatInstant(arrival), device, latitude, longitude, speed, formatInstant(event), ...Object.values(extra)]).trimEnd();
}
