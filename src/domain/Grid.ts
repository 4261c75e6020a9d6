import { mercator } from './mercator.js';

/** A part of the map, in degrees; its west may be greater than its east, over the date line. */
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** The finest cells: some metres wide. */
const FINEST = 2 ** 22;

/** Cells that cover a part of the Mercator square: `side` of them are as wide as the square, which is a power of two. */
export class Grid {
  /** @param left the first column and row, of `across` and `down` */
  private constructor(
    readonly side: number,
    readonly left: number,
    readonly top: number,
    readonly across: number,
    readonly down: number,
  ) {}

  /** The finest grid that covers a part of the map with so many cells at most. @param most 4 or more */
  static over({ west, south, east, north }: Box, most: number): Grid {
    const [first, last] = [mercator(north, west), mercator(south, east)];
    for (let side = FINEST; ; side /= 2) {
      const [left, right] = [Math.floor(first.x * side), Math.floor((last.x + (east < west ? 1 : 0)) * side)];
      const [top, bottom] = [rowOf(first.y, side), rowOf(last.y, side)];
      const [across, down] = [Math.min(side, right - left + 1), bottom - top + 1];
      if (across * down <= most || side === 1) return new Grid(side, left % side, top, across, down);
    }
  }

  /** Which of the cells a place of the Mercator square is in, row by row; -1 for none. */
  cellOf(x: number, y: number): number {
    const { side, left, top, across, down } = this;
    const [column, row] = [(Math.floor(x * side) - left + side) % side, rowOf(y, side) - top];
    return column < across && row >= 0 && row < down ? row * across + column : -1;
  }
}

/** The row of a place: the last one has the edge of the square, too. */
function rowOf(y: number, side: number): number {
  return Math.max(0, Math.min(side - 1, Math.floor(y * side)));
}
