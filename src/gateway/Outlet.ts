import type { Instant } from '../domain/instant.js';
import type { StreamFix } from '../stream/StreamFix.js';

/** A fix on its way into the stream. */
export type OutletFix = Required<StreamFix>;

/** What was no fix, on its way into the stream. */
export interface OutletRecord {
  readonly line: number;
  readonly record: string;
  readonly reason: string;
}

/** Where the gateway puts what it took: the publisher of a stream, which tries for ever. */
export interface Outlet {
  /** Resolves when the stream has all of them. What was given before, and is of the same device, is in the stream before. */
  publish(fixes: readonly OutletFix[]): Promise<unknown>;
  /** Resolves when the stream has all of them. */
  reject(records: readonly OutletRecord[]): Promise<unknown>;
  /** Says that all that arrived by then was given before. Resolves when the stream has that, in every partition. */
  tick(arrival: Instant): Promise<unknown>;
  /** The same, and that nothing will be given any more. */
  end(arrival: Instant): Promise<unknown>;
}
