import type { Instant } from '../domain/instant.js';

/** How far a partition has been committed. */
export interface Position {
  /** When the stream was made. */
  readonly created: Instant;
  /** The last message that was committed, 0 for none, and when the stream got it: `undefined` if that is not known. */
  readonly seq: number;
  readonly stamp: Instant | undefined;
  /** Up to which message the partition has none but those. */
  readonly checked: number;
}

/** A partition that this worker has, until it lets it go or another has taken it. */
export class Hold {
  readonly partition: number;
  readonly epoch: number;
  /** As the store has it. */
  position: Position;
  /** Whether it is another's, or nobody's. */
  isLost = false;
  /** Whether it is to be let go as soon as what was read of it is committed. */
  isLeaving = false;
  /** Counts how often it was read anew from its position: what was read before that is of no use. */
  generation = 0;
  /** How many portions were read of it that are not settled yet. */
  #pending = 0;
  #idle: (() => void)[] = [];
  #reading = new AbortController();
  readonly #over = new AbortController();

  constructor(partition: number, epoch: number, position: Position) {
    this.partition = partition;
    this.epoch = epoch;
    this.position = position;
  }

  get isIdle(): boolean {
    return this.#pending === 0;
  }

  /** Resolves when all that was read of it is committed or dropped. */
  async idle(): Promise<void> {
    if (this.#pending > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** A portion was read. */
  taken(): void {
    this.#pending++;
  }

  /** A portion is committed or dropped. */
  settled(): void {
    if (--this.#pending > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** Aborted when it is to be read no further from where it was begun. */
  get reading(): AbortSignal {
    return this.#reading.signal;
  }

  /** Aborted when nothing is to be read of it any more. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** Reads it anew from its position: what was read and is not committed is dropped. */
  again(): void {
    this.generation++;
    this.#reading.abort();
    this.#reading = new AbortController();
    if (this.over.aborted) this.#reading.abort();
  }

  /** Reads no further, and is let go when what was read is committed. */
  leave(): void {
    this.isLeaving = true;
    this.#end();
  }

  /** It is another's: what was read of it and is not committed is theirs, too. */
  lose(): void {
    this.isLost = true;
    this.#end();
  }

  #end(): void {
    this.#over.abort();
    this.#reading.abort();
  }
}
