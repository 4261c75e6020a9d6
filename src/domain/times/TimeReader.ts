import type { Placed } from './Zone.js';

/** A time that was read: the instant that it says, and how sure that is. */
export interface TimeRead extends Placed {
  /** Whether nothing in the row says in which zone it is. */
  readonly isZoneless: boolean;
}

/** Reads the times of one column. */
export interface TimeReader {
  /**
   * Reads a time; `undefined` if it is not one.
   *
   * @param zone what the row says of its zone, in a column of its own; nothing if it says none
   */
  read(text: string, zone: string): TimeRead | undefined;
  /** What is wrong with a text that is not a time, as what follows the name of its column: the text, and what to write. */
  fault(text: string, zone: string): string;
}
