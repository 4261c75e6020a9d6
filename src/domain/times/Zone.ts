/** What was made of a time that a clock showed. */
export const [PLAIN, SKIPPED, REPEATED] = [0, 1, 2] as const;

/**
 * Where a moment of the wall is on the UTC time line, in microseconds since 1970, and whether the clock was put forward
 * over it, or back.
 */
export interface Placed {
  readonly instant: number;
  readonly kind: typeof PLAIN | typeof SKIPPED | typeof REPEATED;
}

/** A time zone: where on the UTC time line is what its clocks showed? */
export interface Zone {
  place(wall: number): Placed;
}
