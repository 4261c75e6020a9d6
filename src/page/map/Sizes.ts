const UNEVEN = 3; // times the usual crowding that still are an even fleet
const STEADY = 1.5; // times by which the usual crowding may change before signs do

/**
 * As how crowded a place counts when the size of its sign is chosen. All are as large as the usual crowding allows, so that an
 * even fleet looks even; only where it is much denser they are smaller, and where it is much emptier larger, without a jump.
 * The usual is kept while the fleet moves and it changes little. Holds two numbers.
 */
export class Sizes {
  private usual = 0;
  private scale = 0;

  /** Takes the usual crowding of a view. @param scale of the view: at another the usual is taken as it is */
  take(usual: number, scale: number): void {
    const isSteady = scale === this.scale && usual <= this.usual * STEADY && usual >= this.usual / STEADY;
    if (!isSteady) [this.usual, this.scale] = [usual, scale];
  }

  /** @param at how crowded it is at a place @param around and in a wider circle */
  crowding(at: number, around: number): number {
    return Math.min(Math.max(this.usual, at / UNEVEN), around * UNEVEN);
  }
}
