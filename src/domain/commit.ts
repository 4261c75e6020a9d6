/** What became of what was committed. */
export interface Commit {
  /** How many fixes it took. */
  readonly settled: number;
  /** How many changes can be read now that could not before. */
  readonly written: number;
  /** When those of them were due that were due at a time, in ms of the clock that they were played by. */
  readonly due: Float64Array;
}
