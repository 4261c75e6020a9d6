import type { OperatorFunction, SchedulerLike } from 'rxjs';
import type { Commit } from '../domain/commit.js';
import type { FixBatch, Judged } from '../domain/FixBatch.js';

/** Watches what becomes of the fixes of a run; its meter does. */
export interface Watcher {
  /** Fixes are emitted: each batch before the next thing is done with it. */
  emitted(batch: FixBatch): void;
  /** They were judged. */
  found(judged: Judged): void;
  /** What is to be committed of them was taken. */
  taken(): void;
  /** A batch is going to be committed. */
  flushed(): void;
  /** Something was committed. */
  committed(commit: Commit): void;
}

/** What an end is told of its run. */
export interface EndOptions {
  readonly scheduler: SchedulerLike;
  readonly watcher: Watcher | undefined;
  /** Whether it was ended before its source was. */
  readonly stopped: () => boolean;
  /** Whether its source may have more than is played, since it is played up to a moment. */
  readonly isPart: boolean;
}

/**
 * Where a run ends: an operator that keeps what comes of its fixes, and says what became of each commit. A batch is good
 * until it asks for the next.
 */
export type End = (options: EndOptions) => OperatorFunction<FixBatch, Commit>;
