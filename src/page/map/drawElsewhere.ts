import type { Picture } from '../model/Picture.js';
import { addLine } from './addLine.js';
import type { Frame, Inks } from './Frame.js';
import { worlds } from './worlds.js';

const SIDE = 8; // px of a square

/** Draws a dashed line from a device to the square where the other clock has it. */
export function drawElsewhere(context: CanvasRenderingContext2D, frame: Frame, { vehicles, elsewhere }: Picture, inks: Inks): void {
  context.beginPath();
  const squares = new Path2D();
  for (const world of worlds(frame, SIDE)) {
    for (const [device, other] of elsewhere) {
      if (other === undefined) continue;
      squares.rect(other.x * world.scale - world.left - SIDE / 2, other.y * world.scale - world.top - SIDE / 2, SIDE, SIDE);
      const here = vehicles.get(device)?.latest;
      if (here !== undefined) addLine(context, world, here, other);
    }
  }
  context.strokeStyle = inks.elsewhere;
  context.lineWidth = 1.5;
  context.setLineDash([4, 4]);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = inks.halo;
  context.fill(squares);
  context.stroke(squares);
}
