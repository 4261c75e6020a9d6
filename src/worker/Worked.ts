import type { Commit } from '../domain/commit.js';
import type { Instant } from '../domain/instant.js';

/** What became of what a worker committed. */
export interface Worked extends Commit {
  /** How many lines were no fixes. */
  readonly rejected: number;
  /** When the first and the last of its fixes arrived, if there are any. */
  readonly first: Instant | undefined;
  readonly last: Instant | undefined;
}
