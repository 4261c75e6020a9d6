import { freshness, type Freshness } from '../model/freshness.js';
import { isGap } from '../model/isGap.js';
import type { Picture } from '../model/Picture.js';
import type { Frame, Inks } from './Frame.js';

const BANDS = 4; // steps of fading
const FAR = 100; // px out of sight, from where on nothing is drawn
const SHORT = 0.7; // px, below which a line is not seen
const MOST = 150; // lines that are stroked at once: many crossing each other take ever longer

/** Draws where each device has just been, fading towards the past. */
export function drawTrails(context: CanvasRenderingContext2D, { scale, left, top, width, height }: Frame, { vehicles, at }: Picture, inks: Inks): void {
  const batches = new Map<string, { readonly age: Freshness; readonly band: number; path: Path2D; lines: number }>();
  const stroke = ({ age, band, path }: { readonly age: Freshness; readonly band: number; readonly path: Path2D }) => {
    context.strokeStyle = inks[age];
    context.globalAlpha = 0.6 * (1 - band / BANDS);
    context.stroke(path);
  };
  context.lineCap = 'butt';
  context.lineWidth = 2;
  for (const { trail, latest } of vehicles.values()) {
    const [x, y] = [latest.x * scale - left, latest.y * scale - top];
    if (trail.length < 2 || x < -FAR || y < -FAR || x > width + FAR || y > height + FAR) continue;
    const age = freshness(latest.event, at);
    for (let i = 1; i < trail.length; i++) {
      const [a, b] = [trail[i - 1]!, trail[i]!];
      if (isGap(a, b) || Math.abs(a.x - b.x) + Math.abs(a.y - b.y) < SHORT / scale) continue;
      const band = Math.min(BANDS - 1, Math.floor(((trail.length - 1 - i) * BANDS) / trail.length));
      let batch = batches.get(`${age}${band}`);
      if (batch === undefined) batches.set(`${age}${band}`, (batch = { age, band, path: new Path2D(), lines: 0 }));
      batch.path.moveTo(a.x * scale - left, a.y * scale - top);
      batch.path.lineTo(b.x * scale - left, b.y * scale - top);
      if (++batch.lines < MOST) continue;
      stroke(batch);
      batch.path = new Path2D();
      batch.lines = 0;
    }
  }
  for (const batch of batches.values()) stroke(batch);
  context.globalAlpha = 1;
}
