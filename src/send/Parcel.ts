import type { SentFix } from './Sent.js';

/** A fix on its way to another system. */
export interface Parcel extends SentFix {
  /** The fix as it is sent: a line of JSON, or a query. */
  readonly text: string;
  /** How many bytes that has. */
  readonly bytes: number;
  /** When it was due, in ms of the clock that it is played by. */
  readonly due: number;
  /** The number of its device: those of one device are sent one after the other. */
  readonly lane: number;
  /** Whether it is not a fix, but something that is said among them: it is not counted. Default: it is a fix. */
  readonly isNote?: boolean;
}
