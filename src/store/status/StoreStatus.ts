import type { Instant } from '../../domain/instant.js';

/** A partition of a stream that is not closed, as far as a store has it. */
export interface PartitionStatus {
  readonly stream: string;
  readonly partition: number;
  /** Who has it, or had it and did not let go of it. */
  readonly worker: string | null;
  /** Until when, and whether that is to come. */
  readonly lease: Instant | null;
  readonly isHeld: boolean;
  /** The last message that was committed, and when the stream got it. */
  readonly seq: number;
  readonly stamp: Instant | null;
  /** How many messages the stream had after it when its worker looked last; `null` if that was never. */
  readonly behind: number | null;
  /** All that arrived before is there. */
  readonly until: Instant | null;
}

/** A worker that lives, or did not say that it ended. */
export interface WorkerStatus {
  readonly worker: string;
  readonly stream: string;
  readonly isAlive: boolean;
}

/** A recording that is being played straight into the store, or was and did not end. */
export interface OpenRecording {
  readonly name: string;
  /** All of it that arrived before is there; `null` if that is not known. */
  readonly until: Instant | null;
}

/** How a store is, all of it at one moment. */
export interface StoreStatus {
  /** By the clock of the database. */
  readonly now: Instant;
  readonly commits: number;
  readonly fixes: number;
  readonly changes: number;
  readonly late: number;
  readonly duplicate: number;
  readonly conflict: number;
  readonly rejected: number;
  readonly devices: number;
  readonly firstArrival: Instant | null;
  readonly lastArrival: Instant | null;
  readonly lastCommit: Instant | null;
  /** All fixes that arrived by then are in the store; `null` if nobody promises that. */
  readonly finalUntil: Instant | null;
  /** Of the last 10 s. */
  readonly commitsPerSecond: number;
  readonly fixesPerSecond: number;
  /** Of its tables and their indexes. */
  readonly bytes: number;
  readonly partitions: readonly PartitionStatus[];
  readonly workers: readonly WorkerStatus[];
  /** The first of those that are open, by how far they are, and how many there are. */
  readonly open: readonly OpenRecording[];
  readonly openCount: number;
}
