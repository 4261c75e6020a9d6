import type { Drawn } from './addLine.js';
import type { Frame } from './Frame.js';
import type { Land } from './Land.js';

/** What closed lines are added to. */
export interface Closing extends Drawn {
  closePath(): void;
}

const MARGIN = 8; // px out of sight, beyond which lines only have to go around
const FINE = 0.6; // px between two points that are told apart

/**
 * Adds the land that is in sight to a path, in every copy of the world, to be filled by the even-odd rule. Points that are not
 * told apart are one, and of those beyond one side of what is in sight only the first and the last of each row are there.
 */
export function addLand(path: Closing, frame: Frame, { points, ends, boxes }: Land): void {
  const { scale, left, top, width, height } = frame;
  const [west, east] = [(left - MARGIN) / scale, (left + width + MARGIN) / scale];
  const [north, south] = [(top - MARGIN) / scale, (top + height + MARGIN) / scale];
  for (let i = 0, from = 0; i < ends.length; from = ends[i++]!) {
    if (boxes[4 * i + 1]! > south || boxes[4 * i + 3]! < north) continue;
    const [first, last] = [Math.ceil(west - boxes[4 * i + 2]!), Math.floor(east - boxes[4 * i]!)]; // worlds in which it is in sight
    for (let world = first; world <= last; world++)
      addRing(path, { ...frame, left: left - world * scale }, points.subarray(2 * from, 2 * ends[i]!));
  }
}

function addRing(path: Closing, { scale, left, top, width, height }: Frame, points: Float64Array): void {
  const sideOf = (x: number, y: number) => (x < -MARGIN ? 1 : x > width + MARGIN ? 2 : y < -MARGIN ? 3 : y > height + MARGIN ? 4 : 0);
  let [lastX, lastY, lastSide] = [Infinity, Infinity, -1];
  let isSkipped = false;
  let [x, y] = [0, 0];
  for (let at = 0; at < points.length; at += 2) {
    const [skippedX, skippedY] = [x, y];
    x = points[at]! * scale - left;
    y = points[at + 1]! * scale - top;
    const side = sideOf(x, y);
    if (side !== 0 && side === lastSide) {
      isSkipped = true;
      continue;
    }
    if (isSkipped) path.lineTo(skippedX, skippedY);
    else if (Math.abs(x - lastX) + Math.abs(y - lastY) < FINE) continue;
    isSkipped = false;
    if (at === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
    [lastX, lastY, lastSide] = [x, y, side];
  }
  if (isSkipped) path.lineTo(x, y);
  path.closePath();
}
