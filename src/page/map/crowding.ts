/** Places on the map in px, one column each. */
export interface Points {
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  readonly length: number;
}

/** How many stand in as much as a square of 32 px. */
export interface Crowding {
  /** Beside the usual one of them: half have as many others around at most. */
  readonly usual: number;
  /** Around a place, which is mixed of the squares beside it: what moves does not jump from one number to another. */
  readonly at: (x: number, y: number) => number;
}

const CELL = 16; // px of a square that is counted
const CELLS = (32 / CELL) ** 2;

/** How crowded it is around each of some points. Holds one number for each square between the outermost of them. */
export function crowding({ xs, ys, length }: Points): Crowding {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < length; i++) {
    left = Math.min(left, xs[i]!);
    right = Math.max(right, xs[i]!);
    top = Math.min(top, ys[i]!);
    bottom = Math.max(bottom, ys[i]!);
  }
  if (length === 0) return { usual: 0, at: () => 0 };
  const [firstColumn, firstRow] = [Math.floor(left / CELL) - 1, Math.floor(top / CELL) - 1]; // an empty square around all
  const [columns, rows] = [Math.floor(right / CELL) - firstColumn + 2, Math.floor(bottom / CELL) - firstRow + 2];
  const counts = new Uint32Array(columns * rows);
  for (let i = 0; i < length; i++) counts[(Math.floor(ys[i]! / CELL) - firstRow) * columns + Math.floor(xs[i]! / CELL) - firstColumn]!++;
  const at = (x: number, y: number) => {
    const [across, down] = [x / CELL - 0.5 - firstColumn, y / CELL - 0.5 - firstRow];
    const [column, row] = [Math.floor(across), Math.floor(down)];
    if (column < 0 || row < 0 || column + 1 >= columns || row + 1 >= rows) return 0;
    const [east, south] = [across - column, down - row];
    const cell = row * columns + column;
    const upper = counts[cell]! * (1 - east) + counts[cell + 1]! * east;
    const lower = counts[cell + columns]! * (1 - east) + counts[cell + columns + 1]! * east;
    return CELLS * (upper * (1 - south) + lower * south);
  };
  return { usual: CELLS * (usualOf(counts, length) - 1), at };
}

/** The count of the square in which the middle one of all stands, when the emptiest squares come first. */
function usualOf(counts: Uint32Array, length: number): number {
  let passed = 0;
  return counts.filter((count) => count > 0).sort().find((count) => (passed += count) >= length / 2)!;
}
