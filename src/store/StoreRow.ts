import type { Instant } from '../domain/instant.js';
import type { Verdict } from '../domain/latest.js';

/** A fix as a store keeps it. */
export interface StoreRow {
  readonly device: string;
  readonly arrival: Instant;
  /** The number of its source times 2^40, and its place there. */
  readonly seq: number;
  readonly event: Instant;
  readonly lat: number;
  readonly lon: number;
  /** `null` if it is unknown. */
  readonly speed: number | null;
  /** `lat,lon,speed` as they were written, if the numbers are not written like that by themselves. */
  readonly written: string | null;
  /** JSON: the fields of the further columns by their names. */
  readonly further: string | null;
  /** When it was due, in ms of the clock that it is played by, if it is played. */
  readonly due?: number;
}

/** A row that is in the store. */
export interface FoundRow extends StoreRow {
  readonly verdict: Verdict;
}

/** The order in which the fixes of a device are judged: by arrival, then by source and place. */
export function compareRows(a: Pick<StoreRow, 'arrival' | 'seq'>, b: Pick<StoreRow, 'arrival' | 'seq'>): number {
  return a.arrival - b.arrival || a.seq - b.seq;
}
