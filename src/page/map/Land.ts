/** The land of the Earth in the Mercator square, in columns: closed lines, the holes of lakes among them. */
export interface Land {
  /** x and y of each point, line after line. A line over the date line goes on beyond the square. */
  readonly points: Float64Array<ArrayBuffer>;
  /** Of each line: the number of points up to its end. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** Of each line: the smallest x and y, and the largest. */
  readonly boxes: Float64Array<ArrayBuffer>;
}
