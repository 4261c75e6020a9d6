import type { Hold } from './Hold.js';
import type { Portion } from './Portion.js';

/** A portion that was read. */
export interface Read {
  readonly hold: Hold;
  /** When it was read: it is of no use if its partition was read anew since. */
  readonly generation: number;
  readonly portion: Portion;
  /** The names of the sources that it has, by their numbers in the store. */
  readonly sources: readonly NumberedSource[];
}

/** A source, as the store knew it when that was asked: one that is restored may know another by its number. */
export interface NumberedSource {
  readonly number: number;
  readonly name: string;
}

/** Whether a portion is still to be committed: its partition is this worker's, and was not read anew. */
export function isOfUse({ hold, generation }: Read): boolean {
  return !hold.isLost && hold.generation === generation;
}

/** For how many fixes a portion counts: one that has none, for one. */
export function sizeOf({ portion: { rows, rejected } }: Read): number {
  return Math.max(1, rows.length + rejected.length);
}
