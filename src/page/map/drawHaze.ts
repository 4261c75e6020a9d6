import { EXACT_UP_TO } from '../model/groundOf.js';
import type { Frame, Inks } from './Frame.js';

const GONE_FROM = 2 ** 21;

/** Lets everything fade into land, nearer than the coast is exact. */
export function drawHaze(context: CanvasRenderingContext2D, { scale, width, height }: Frame, inks: Inks): void {
  context.globalAlpha = Math.min(1, Math.max(0, Math.log2(scale / EXACT_UP_TO) / Math.log2(GONE_FROM / EXACT_UP_TO)));
  context.fillStyle = inks.land;
  context.fillRect(0, 0, width, height);
  context.globalAlpha = 1;
}
