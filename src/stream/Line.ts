import type { Instant } from '../domain/instant.js';
import type { StreamFix } from './StreamFix.js';

/** A line of a message, from 1, and what it is. */
export type Line = { readonly line: number } & (FixLine | TickLine | RejectedLine);

export interface FixLine {
  readonly kind: 'fix';
  readonly fix: StreamFix;
}

/** The publisher of the message has sent everything into this partition that arrived before. */
export interface TickLine {
  readonly kind: 'tick';
  readonly arrival: Instant;
  /** It sends nothing after this. */
  readonly ends: boolean;
}

/** What is not a fix: to whom it was sent, or as a line that cannot be read. */
export interface RejectedLine {
  readonly kind: 'rejected';
  readonly reason: string;
  readonly record: Uint8Array;
  /** Where it stood in its source, as its publisher says: among its rejected rows, from 0, and on which line. */
  readonly from?: { readonly seq: number; readonly line: number };
}
