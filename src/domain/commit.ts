import type { Update } from './latest.js';

/** What became of a batch of updates when it was committed to where it stays. */
export interface Commit {
  /** How many updates it took. */
  readonly settled: number;
  /** The changes that can now be read in the log. */
  readonly visible: readonly Update[];
  /** The changes that never will: in a coalesced log, a later one of their device and second stands for them. */
  readonly dropped: readonly Update[];
}
