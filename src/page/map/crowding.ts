/** Places on the map in px, one column each. */
export interface Points {
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  readonly length: number;
}

/** How many stand in as much as a square of 32 px. Between two squares that were counted it is mixed: what moves does not jump. */
export interface Crowding {
  /** Around the usual one of them, itself left out: half have as many at most. */
  readonly usual: number;
  /** At a place, as narrow as 16 px: a knot is seen. */
  readonly at: (x: number, y: number) => number;
  /** Around a place, as wide as 48 px: that one stands in a gap is not. */
  readonly around: (x: number, y: number) => number;
}

const CELL = 16; // px of a square that is counted
const CELLS = (32 / CELL) ** 2;
const WIDE = 9; // squares

/** How crowded it is among some points. Holds two numbers for each square between the outermost of them. */
export function crowding({ xs, ys, length }: Points): Crowding {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < length; i++) {
    left = Math.min(left, xs[i]!);
    right = Math.max(right, xs[i]!);
    top = Math.min(top, ys[i]!);
    bottom = Math.max(bottom, ys[i]!);
  }
  if (length === 0) return { usual: 0, at: () => 0, around: () => 0 };
  const [firstColumn, firstRow] = [Math.floor(left / CELL) - 1, Math.floor(top / CELL) - 1]; // an empty square around all
  const [columns, rows] = [Math.floor(right / CELL) - firstColumn + 2, Math.floor(bottom / CELL) - firstRow + 2];
  const counts = new Uint32Array(columns * rows);
  for (let i = 0; i < length; i++) counts[(Math.floor(ys[i]! / CELL) - firstRow) * columns + Math.floor(xs[i]! / CELL) - firstColumn]!++;
  const sums = withNeighbours(counts, columns);
  const mixed = (numbers: Uint32Array, share: number) => (x: number, y: number) => {
    const across = x / CELL - 0.5 - firstColumn;
    const down = y / CELL - 0.5 - firstRow;
    const column = Math.floor(across);
    const row = Math.floor(down);
    if (column < 0 || row < 0 || column + 1 >= columns || row + 1 >= rows) return 0;
    const east = across - column;
    const south = down - row;
    const cell = row * columns + column;
    const upper = numbers[cell]! * (1 - east) + numbers[cell + 1]! * east;
    const lower = numbers[cell + columns]! * (1 - east) + numbers[cell + columns + 1]! * east;
    return share * (upper * (1 - south) + lower * south);
  };
  return { usual: (CELLS / WIDE) * (usualOf(counts, sums, length) - 1), at: mixed(counts, CELLS), around: mixed(sums, CELLS / WIDE) };
}

/** The count of each square together with those of the eight beside it. */
function withNeighbours(counts: Uint32Array, columns: number): Uint32Array {
  const sums = new Uint32Array(counts.length);
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] === 0) continue;
    for (const row of [i - columns, i, i + columns]) // none is outside: the squares at the edges are empty
      for (let at = row - 1; at <= row + 1; at++) sums[at]! += counts[i]!;
  }
  return sums;
}

/** The sum of the square in which the middle one of all stands, when those with the least sums come first. */
function usualOf(counts: Uint32Array, sums: Uint32Array, length: number): number {
  const standing = new Uint32Array(sums.reduce((most, sum) => Math.max(most, sum), 0) + 1); // how many, by the sums of their squares
  for (let i = 0; i < counts.length; i++) standing[sums[i]!]! += counts[i]!;
  let passed = 0;
  return standing.findIndex((many) => (passed += many) >= length / 2);
}
