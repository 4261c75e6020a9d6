import { freshness, type Freshness } from '../model/freshness.js';
import { isGap } from '../model/isGap.js';
import type { Picture } from '../model/Picture.js';
import type { Frame, Inks } from './Frame.js';

const BANDS = 4; // steps of fading, each stroked at once for all devices
const FAR = 100; // px out of sight, from where on nothing is drawn

/** Draws where each device has just been, fading towards the past. */
export function drawTrails(context: CanvasRenderingContext2D, { scale, left, top, width, height }: Frame, { vehicles, at }: Picture, inks: Inks): void {
  const paths = new Map<Freshness, Path2D[]>();
  for (const { trail, latest } of vehicles.values()) {
    const [x, y] = [latest.x * scale - left, latest.y * scale - top];
    if (trail.length < 2 || x < -FAR || y < -FAR || x > width + FAR || y > height + FAR) continue;
    const age = freshness(latest.event, at);
    let bands = paths.get(age);
    if (bands === undefined) paths.set(age, (bands = Array.from({ length: BANDS }, () => new Path2D())));
    for (let i = 1; i < trail.length; i++) {
      const [a, b] = [trail[i - 1]!, trail[i]!];
      if (isGap(a, b)) continue;
      const path = bands[Math.min(BANDS - 1, Math.floor(((trail.length - 1 - i) * BANDS) / trail.length))]!;
      path.moveTo(a.x * scale - left, a.y * scale - top);
      path.lineTo(b.x * scale - left, b.y * scale - top);
    }
  }
  context.lineCap = 'round';
  context.lineWidth = 2;
  for (const [age, bands] of paths) {
    context.strokeStyle = inks[age];
    bands.forEach((path, band) => {
      context.globalAlpha = 0.6 * (1 - band / BANDS);
      context.stroke(path);
    });
  }
  context.globalAlpha = 1;
}
