import type { SchedulerLike } from 'rxjs';
import { Loads } from '../rx/Loads.js';
import { deliver } from '../send/deliver.js';
import type { Sent } from '../send/Sent.js';
import type { Stream } from './Stream.js';
import type { StreamCarrier, StreamParcel } from './StreamCarrier.js';

/** What the stream does not take, and why. */
export interface RefusedParcel {
  readonly parcel: StreamParcel;
  readonly reason: string;
}

/** Some parcels that were given together. */
interface Waiting {
  left: number;
  readonly refused: RefusedParcel[];
  readonly done: () => void;
  readonly failed: (error: Error) => void;
}

export interface LanesOptions {
  readonly carrier: StreamCarrier;
  /** Counts what becomes of the fixes. */
  readonly sent: Sent;
  readonly scheduler: SchedulerLike;
}

/**
 * The ways into the partitions of a stream. In each, one message is under way, and is tried until the stream has it; what
 * comes meanwhile is the next. Holds what waits.
 */
export class Lanes {
  /** How many lines wait, or are under way, and their bytes. */
  lines = 0;
  bytes = 0;
  readonly #lanes: readonly Loads<StreamParcel, void>[];
  readonly #waiting = new Map<StreamParcel, Waiting>();
  #failure: Error | undefined;

  constructor(stream: Stream, { carrier, sent, scheduler }: LanesOptions) {
    const refused = (parcels: readonly StreamParcel[], reason: string) => {
      for (const parcel of parcels) this.#settled(parcel, reason);
    };
    const { fixes, bytes } = carrier.most;
    const least = Math.floor(bytes / fixes); // what a line counts for at least
    const carry = async (load: readonly StreamParcel[], signal: AbortSignal) => {
      await deliver(load, { carrier, sent, outages: stream.outages, scheduler, refused }, signal);
      for (const parcel of load) this.#settled(parcel);
    };
    const sizeOf = (parcel: StreamParcel) => Math.max(least, parcel.bytes + 1);
    const failed = (error: unknown) => { this.fail(error as Error); };
    this.#lanes = Array.from({ length: stream.partitions }, () => new Loads(carry, { max: bytes, sizeOf, failed }));
  }

  /**
   * Sends lines, each behind those that were given before it into its lane; resolves to those that were refused for good,
   * when the stream has the others.
   *
   * @throws StreamError if there is no right to publish; what it failed with
   */
  send(parcels: readonly StreamParcel[]): Promise<readonly RefusedParcel[]> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (parcels.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const refused: RefusedParcel[] = [];
      const waiting: Waiting = { left: parcels.length, refused, done: () => { resolve(refused); }, failed: reject };
      for (const parcel of parcels) {
        this.lines++;
        this.bytes += parcel.bytes;
        this.#waiting.set(parcel, waiting);
        this.#lanes[parcel.lane]!.add(parcel);
      }
    });
  }

  /** Gives up what waits, and takes nothing more. */
  fail(error: Error): void {
    this.#failure ??= error;
    for (const { failed } of this.#waiting.values()) failed(error);
    this.#waiting.clear();
    for (const lane of this.#lanes) lane.abort();
  }

  #settled(parcel: StreamParcel, refusal?: string): void {
    const waiting = this.#waiting.get(parcel);
    if (!waiting) return;
    this.#waiting.delete(parcel);
    this.lines--;
    this.bytes -= parcel.bytes;
    if (refusal !== undefined) waiting.refused.push({ parcel, reason: refusal });
    if (--waiting.left === 0) waiting.done();
  }
}
