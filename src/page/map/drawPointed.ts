import type { Sighting } from '../model/Sighting.js';
import type { Frame, Inks } from './Frame.js';
import { worlds } from './worlds.js';

const RADIUS = 7; // px

/** Draws a ring around the fix that somebody points at. */
export function drawPointed(context: CanvasRenderingContext2D, frame: Frame, { x, y }: Sighting, inks: Inks): void {
  for (const { scale, left, top } of worlds(frame, RADIUS)) {
    context.beginPath();
    context.arc(x * scale - left, y * scale - top, RADIUS, 0, 2 * Math.PI);
    for (const [ink, width] of [[inks.halo, 5], [inks.text, 2]] as const) {
      context.strokeStyle = ink;
      context.lineWidth = width;
      context.stroke();
    }
  }
}
