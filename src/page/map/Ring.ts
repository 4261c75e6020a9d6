/** A closed line in the Mercator square, as x, y, x, y, ..., and the box it is in. */
export interface Ring {
  readonly points: Float64Array;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
}
