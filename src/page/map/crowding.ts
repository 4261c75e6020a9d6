/** Places on the map in px, one column each. */
export interface Points {
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  readonly length: number;
}

const CELL = 32; // px
const ROOMY = 2; // points in a cell that still have room

/**
 * How crowded it is around each of some points, in steps from 0: one step more whenever twice as many stand in a square of
 * 32 px. The square is mixed with those beside it, so that a point that moves does not jump from one step to another.
 * Holds one number for each square between the outermost points.
 *
 * @param steps how many there are
 */
export function crowding({ xs, ys, length }: Points, steps: number): (x: number, y: number) => number {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < length; i++) {
    left = Math.min(left, xs[i]!);
    right = Math.max(right, xs[i]!);
    top = Math.min(top, ys[i]!);
    bottom = Math.max(bottom, ys[i]!);
  }
  if (length === 0) return () => 0;
  const [firstColumn, firstRow] = [Math.floor(left / CELL) - 1, Math.floor(top / CELL) - 1]; // an empty square around all
  const [columns, rows] = [Math.floor(right / CELL) - firstColumn + 2, Math.floor(bottom / CELL) - firstRow + 2];
  const counts = new Uint32Array(columns * rows);
  for (let i = 0; i < length; i++) counts[(Math.floor(ys[i]! / CELL) - firstRow) * columns + Math.floor(xs[i]! / CELL) - firstColumn]!++;
  return (x, y) => {
    const [across, down] = [x / CELL - 0.5 - firstColumn, y / CELL - 0.5 - firstRow];
    const [column, row] = [Math.floor(across), Math.floor(down)];
    if (column < 0 || row < 0 || column + 1 >= columns || row + 1 >= rows) return 0;
    const [east, south] = [across - column, down - row];
    const at = row * columns + column;
    const upper = counts[at]! * (1 - east) + counts[at + 1]! * east;
    const lower = counts[at + columns]! * (1 - east) + counts[at + columns + 1]! * east;
    const around = upper * (1 - south) + lower * south;
    let [step, most] = [0, ROOMY * Math.SQRT2];
    for (; step < steps - 1 && around >= most; most *= 2) step++;
    return step;
  };
}
