import type { Picture } from '../model/Picture.js';
import type { Frame, Inks } from './Frame.js';

/** Draws a dashed line from a device to the square where the other clock has it. */
export function drawElsewhere(context: CanvasRenderingContext2D, { scale, left, top }: Frame, { vehicles, elsewhere }: Picture, inks: Inks): void {
  context.beginPath();
  const squares = new Path2D();
  for (const [device, other] of elsewhere) {
    if (other === undefined) continue;
    const [x, y] = [other.x * scale - left, other.y * scale - top];
    squares.rect(x - 4, y - 4, 8, 8);
    const here = vehicles.get(device)?.latest;
    if (here === undefined) continue;
    context.moveTo(here.x * scale - left, here.y * scale - top);
    context.lineTo(x, y);
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
