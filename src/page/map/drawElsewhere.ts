import { eastward } from '../model/eastward.js';
import type { Picture } from '../model/Picture.js';
import { addLine } from './addLine.js';
import type { Frame, Inks } from './Frame.js';
import { isInSight } from './isInSight.js';
import { worlds } from './worlds.js';

const SIDE = 6; // px of a square
const APART = 10; // px from which on two places are told apart
const FAR = 50; // px

/** Draws, below what is there, a dashed line from each device that is seen to be displaced to the square where the other clock has it. */
export function drawElsewhere(context: CanvasRenderingContext2D, frame: Frame, { displaced }: Picture, inks: Inks): void {
  if (displaced.size === 0) return;
  const { scale } = frame;
  context.strokeStyle = inks.elsewhere;
  context.fillStyle = inks.halo;
  context.lineWidth = 1.5;
  for (const world of worlds(frame, FAR)) {
    const lines = new Path2D();
    const squares: (readonly [x: number, y: number])[] = [];
    for (const { here, there } of displaced.values()) {
      if (Math.hypot(eastward(here, there), here.y - there.y) * scale < APART) continue;
      if (!isInSight(here, world, FAR) && !isInSight(there, world, FAR)) continue;
      addLine(lines, world, here, there);
      squares.push([there.x * scale - world.left - SIDE / 2, there.y * scale - world.top - SIDE / 2]);
    }
    context.setLineDash([4, 4]);
    context.stroke(lines);
    context.setLineDash([]);
    for (const [x, y] of squares.reverse()) {
      context.strokeRect(x, y, SIDE, SIDE);
      context.fillRect(x, y, SIDE, SIDE);
    }
  }
}
