import { clipped } from './clipped.js';
import type { Frame, Inks } from './Frame.js';
import type { Ring } from './Ring.js';

const MARGIN = 4; // px beyond what is in sight
const TRUE_UP_TO = 2 ** 19; // px around the Earth; a coast of 1 : 50 million is wrong by hundreds of pixels beyond
const GONE_FROM = 2 ** 21;

/** Draws land and coast; nearer than the coast is true to, everything fades into land. */
export function drawLand(context: CanvasRenderingContext2D, { scale, left, top, width, height }: Frame, land: readonly Ring[], inks: Inks): void {
  const fading = Math.min(1, Math.max(0, Math.log2(scale / TRUE_UP_TO) / Math.log2(GONE_FROM / TRUE_UP_TO)));
  context.beginPath();
  for (let world = Math.floor(left / scale); world * scale < left + width; world++) {
    const shift = world * scale - left;
    const box = [(-MARGIN - shift) / scale, (top - MARGIN) / scale, (width + MARGIN - shift) / scale, (top + height + MARGIN) / scale] as const;
    for (const ring of land) {
      if (ring.box[2] < box[0] || ring.box[0] > box[2] || ring.box[3] < box[1] || ring.box[1] > box[3]) continue;
      const points = clipped(ring.points, box);
      for (let i = 0; i < points.length; i += 2) context.lineTo(points[i]! * scale + shift, points[i + 1]! * scale - top);
      context.closePath();
    }
  }
  context.fillStyle = inks.land;
  context.fill('evenodd');
  context.globalAlpha = 1 - fading;
  context.strokeStyle = inks.coast;
  context.lineWidth = 1;
  context.stroke();
  context.globalAlpha = fading;
  context.fillRect(0, 0, width, height);
  context.globalAlpha = 1;
}
