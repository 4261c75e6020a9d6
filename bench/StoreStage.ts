import type { Figures } from '../src/index.js';

/** What a store was asked at a size: percentiles in ms, the others in seconds. */
export interface StoreStage {
  readonly fixes: number;
  /** Fixes a second into it, up to that size. */
  readonly rate: number;
  /** A statement that says 1. */
  readonly empty: Figures;
  /** Each kind of question, and how many pages it read at most. */
  readonly asked: Readonly<Record<string, Figures & { readonly pages: number }>>;
  readonly histogram: number;
  /** A count of all rows. */
  readonly count: number;
}
