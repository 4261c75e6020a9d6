interface Point {
  readonly x: number;
  readonly y: number;
}

const CELL = 32; // px
const ROOMY = 2; // points in a cell that still have room

/**
 * How crowded it is around each of some points, in steps from 0: one step more whenever twice as many stand in a square of
 * 32 px. The square is mixed with those beside it, so that a point that moves does not jump from one step to another.
 *
 * @param points in px of the map
 * @param steps how many there are
 */
export function crowding(points: readonly Point[], steps: number): (point: Point) => number {
  const counts = new Map<number, number>();
  const key = (column: number, row: number) => row * 65_536 + column;
  for (const { x, y } of points) {
    const at = key(Math.floor(x / CELL), Math.floor(y / CELL));
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const count = (column: number, row: number) => counts.get(key(column, row)) ?? 0;
  return ({ x, y }) => {
    const [across, down] = [x / CELL - 0.5, y / CELL - 0.5];
    const [column, row] = [Math.floor(across), Math.floor(down)];
    const [right, below] = [across - column, down - row];
    const around =
      (count(column, row) * (1 - right) + count(column + 1, row) * right) * (1 - below) +
      (count(column, row + 1) * (1 - right) + count(column + 1, row + 1) * right) * below;
    return Math.max(0, Math.min(steps - 1, Math.round(Math.log2(Math.max(1, around) / ROOMY))));
  };
}
