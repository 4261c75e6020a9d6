import type { Instant } from '../domain/instant.js';

/** Until when the answers of a store are final. */
export interface Final {
  /** `undefined` if nobody promises. */
  readonly until: Instant | undefined;
  /** The same, and what it means for the answer that it is given with. */
  readonly words: string;
}
