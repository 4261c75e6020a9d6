import type { Frame, Inks } from './Frame.js';

const TRUE_UP_TO = 2 ** 19; // px around the Earth; a coast of 1 : 50 million is wrong by hundreds of pixels beyond
const GONE_FROM = 2 ** 21;

/** Lets everything fade into land, nearer than the coast is true to. */
export function drawHaze(context: CanvasRenderingContext2D, { scale, width, height }: Frame, inks: Inks): void {
  context.globalAlpha = Math.min(1, Math.max(0, Math.log2(scale / TRUE_UP_TO) / Math.log2(GONE_FROM / TRUE_UP_TO)));
  context.fillStyle = inks.land;
  context.fillRect(0, 0, width, height);
  context.globalAlpha = 1;
}
