/** Rows that a loop handles per call. V8 enters compiled code at a call; within one long loop it would compile for that loop alone. */
const ROWS = 1024;

/** Works on rows from one up to another, at most 1,024 a call. */
export function inChunks(from: number, to: number, work: (from: number, to: number) => void): void {
  for (let first = from; first < to; first += ROWS) work(first, Math.min(first + ROWS, to));
}
