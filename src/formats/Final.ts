import type { Instant } from '../domain/instant.js';

/** Until when the answers of a store are final. */
export interface Final {
  /** `undefined` if nobody promises. */
  readonly until: Instant | undefined;
  /** Whether the answer is that it is given with. */
  readonly isFinal: boolean;
  /** Both in words. */
  readonly words: string;
}
