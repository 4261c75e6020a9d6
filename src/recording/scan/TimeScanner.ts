import type { Bytes } from '../../csv/copyBytes.js';
import type { Instant } from '../../domain/instant.js';
import type { TimeRead } from '../../domain/times/TimeReader.js';

/** So many bytes from where a time starts are looked at, whatever is there. */
export const TIME_BYTES = 32;
/** What a scan gives for bytes that it does not take. */
export const NO = -1;

/** Reads the times of one column from bytes. What it takes is what its reader would have made of it. */
export interface TimeScanner {
  /** The time read last, and what is to be told of it. */
  readonly instant: Instant;
  readonly kind: TimeRead['kind'];
  readonly isZoneless: boolean;
  /** Reads the time that starts at a place; gives where it ends, or -1 if it takes it not. There must be 32 bytes. */
  scan(source: Bytes, start: number): number;
}
