import type { Instant } from '../../domain/instant.js';
import type { InFormName } from './IN_FORMS.js';

/** What is wrong with what is not a fix, as far as metrics tell it apart. */
export const FAULTS = ['syntax', 'device', 'position', 'time', 'clock', 'keys', 'size'] as const;
export type Fault = (typeof FAULTS)[number];

/** A fix as it was received. */
export interface ReceivedFix {
  readonly device: string;
  readonly event: Instant;
  /** Degrees, as written. */
  readonly latitude: string;
  readonly longitude: string;
  /** Empty, or a number >= 0, in the unit that the gateway was given. */
  readonly speed: string;
  /** What else there is, by the names of further columns. */
  readonly extra: Readonly<Record<string, string>>;
  /** What it says of when it arrived elsewhere, and of its place in that stream. */
  readonly arrival?: Instant | undefined;
  readonly place?: number | undefined;
}

/** A line, an object of a list, or a query: what became of it. */
export type Received = Readonly<{
  /** The number of the line, or of the object in the list, from 1. */
  line: number;
  /** As it came, without its line end. */
  record: string;
}> &
  (
    | Readonly<{ kind: 'fix'; form: InFormName; fix: ReceivedFix }>
    | Readonly<{ kind: 'rejected'; fault: Fault; reason: string }>
    /** A message that is well and no fix, of a type of OwnTracks or Traccar. */
    | Readonly<{ kind: 'dropped'; type: string }>
  );
