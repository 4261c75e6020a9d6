import type { Instant } from '../domain/instant.js';

/** What a stream holds. */
export interface StreamState {
  /** When it was made. */
  readonly created: Instant;
  /** Its first message, and its last: of an empty one the first is the one after the last. */
  readonly first: number;
  readonly last: number;
}

export interface StreamMessage {
  /** Its place in the stream, from 1. */
  readonly seq: number;
  /** When the stream got it. */
  readonly time: Instant;
  /** The partition that it is in. */
  readonly partition: number;
  /** The process that has sent it, empty if it does not say so: its ticks are that one's. */
  readonly publisher: string;
  /** What its fixes come from, if it says so. */
  readonly source: string | undefined;
  readonly data: Uint8Array;
  /** How many messages of what is read come after it. */
  readonly pending: number;
}

/** A stream as a worker reads it. What it throws that is no FileError is passing: it is tried again. */
export interface ReadStream {
  /** By which the store knows it. */
  readonly name: string;
  /** What to call it in messages. */
  readonly shown: string;
  readonly partitions: number;
  /** Whether all that the stream has is in them. */
  readonly isWhole: boolean;
  /** @throws FileError if it is not there, or may not be read */
  state(): Promise<StreamState>;
  /**
   * The messages of a partition, or of all of them, from a place on, in order; `undefined` whenever all has come that was there
   * when that was asked. Ends when the signal is aborted, or where it cannot go on: then it is to be read anew, since it may
   * have become another stream. Holds what comes at once: about a MiB.
   */
  read(partition: number | undefined, from: number, signal: AbortSignal): AsyncIterable<StreamMessage | undefined>;
  /** The last message of each partition, `undefined` where there is none: as one server has them, which may be behind. */
  last(): Promise<readonly (Pick<StreamMessage, 'seq' | 'time'> | undefined)[]>;
  close(): Promise<void>;
}
