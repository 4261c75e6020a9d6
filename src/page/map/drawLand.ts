import { addLand } from './addLand.js';
import type { Frame, Inks } from './Frame.js';
import type { Land } from './Land.js';

/** Draws the land and its coast. */
export function drawLand(context: CanvasRenderingContext2D, frame: Frame, land: Land, inks: Inks): void {
  const path = new Path2D();
  addLand(path, frame, land);
  context.fillStyle = inks.land;
  context.fill(path, 'evenodd');
  context.strokeStyle = inks.coast;
  context.lineWidth = 1;
  context.lineJoin = 'round';
  context.stroke(path);
}
