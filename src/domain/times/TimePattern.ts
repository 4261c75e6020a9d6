import type { WallTime } from './WallTime.js';

/** A time of which only some bytes change within a minute: where they stand. Places are from its start. */
export interface FixedTime {
  /** How many characters it has, each of them of one byte. */
  readonly width: number;
  /** Where the two digits of the second are; -1 if it has none. */
  readonly second: number;
  /** Where the digits of the fraction are, and how many; none if it has none. */
  readonly fraction: number;
  readonly fractionDigits: number;
  /** Places whose bytes differ from one minute to the next: by them it is remembered. */
  readonly minute: readonly number[];
}

/** How times are written, as it was given with date-fns' tokens. */
export interface TimePattern {
  readonly pattern: string;
  /** Reads a time that is written so; `undefined` for any other, and for one that there is not. */
  readonly read: (text: string) => WallTime | undefined;
  /** What is known of its width; `undefined` if that varies. */
  readonly fixed: FixedTime | undefined;
}
