/** The part of a closed line that is in a box (I. E. Sutherland and G. W. Hodgman, "Reentrant Polygon Clipping", 1974): one side after the other. */
export function clipped(points: ArrayLike<number>, box: readonly [left: number, top: number, right: number, bottom: number]): ArrayLike<number> {
  let rest = points;
  for (const [axis, sign, limit] of [[0, 1, box[0]], [1, 1, box[1]], [0, -1, box[2]], [1, -1, box[3]]] as const) {
    const kept: number[] = [];
    for (let i = 0; i < rest.length; i += 2) {
      const before = i === 0 ? rest.length - 2 : i - 2;
      const [x, y, fromX, fromY] = [rest[i]!, rest[i + 1]!, rest[before]!, rest[before + 1]!];
      const [here, there] = [(axis === 0 ? x : y) - limit, (axis === 0 ? fromX : fromY) - limit];
      const [isIn, wasIn] = [here * sign >= 0, there * sign >= 0];
      if (isIn !== wasIn) {
        const part = there / (there - here);
        kept.push(fromX + (x - fromX) * part, fromY + (y - fromY) * part);
      }
      if (isIn) kept.push(x, y);
    }
    rest = kept;
  }
  return rest;
}
