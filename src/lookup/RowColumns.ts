/** Rows of a CSV file in the order of the file, as an index sees them, a column each. */
export interface RowColumns {
  /** The number of the device. */
  readonly device: Uint32Array;
  readonly event: Float64Array;
  readonly arrival: Float64Array;
  /** What the row turned out to be, by its place in `VERDICTS`. */
  readonly verdict: Uint8Array;
  /** Where the row starts, counted from the start of its segment, and how long it is, in bytes. */
  readonly start: Uint32Array;
  readonly bytes: Uint32Array;
}

/** Room for so many rows, with the first of others in it. */
export function roomFor(size: number, rows?: RowColumns, count = 0): RowColumns {
  const doubles = (from?: Float64Array) => filled(new Float64Array(size), from?.subarray(0, count));
  const integers = (from?: Uint32Array) => filled(new Uint32Array(size), from?.subarray(0, count));
  return {
    device: integers(rows?.device),
    event: doubles(rows?.event),
    arrival: doubles(rows?.arrival),
    verdict: filled(new Uint8Array(size), rows?.verdict.subarray(0, count)),
    start: integers(rows?.start),
    bytes: integers(rows?.bytes),
  };
}

function filled<T extends Uint8Array | Uint32Array | Float64Array>(to: T, from?: T): T {
  if (from) to.set(from);
  return to;
}
