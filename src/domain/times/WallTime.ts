/** A time as it is written: what the clock on the wall showed, and what is said of where that was. */
export interface WallTime {
  /** Whole microseconds from 1970-01-01T00:00:00 to what the clock showed. */
  readonly wall: number;
  /** How many minutes east of UTC, if that is written. */
  readonly offset?: number | undefined;
  /** The name of the zone, if that is written and no offset is. */
  readonly zone?: string | undefined;
}
