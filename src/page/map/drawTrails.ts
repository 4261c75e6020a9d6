import { freshness, type Freshness } from '../model/freshness.js';
import { isGap } from '../model/isGap.js';
import { eastward } from '../model/eastward.js';
import type { Vehicle } from '../model/Fleet.js';
import type { Picture } from '../model/Picture.js';
import { addLine } from './addLine.js';
import type { Frame, Inks } from './Frame.js';
import { isInSight } from './isInSight.js';
import { worlds } from './worlds.js';

const BANDS = 4; // steps of fading
const FAR = 100; // px out of sight, from where on nothing is drawn
const SHORT = 0.7; // px, below which a line is not seen
const MAX_LINES = 150; // lines that are stroked at once: many crossing each other take ever longer

/** Draws, below what is there, where each device has just been, fading towards the past. */
export function drawTrails(context: CanvasRenderingContext2D, frame: Frame, { vehicles, at }: Picture, inks: Inks): void {
  const batches = new Map<string, { readonly age: Freshness; readonly band: number; path: Path2D; lines: number }>();
  const stroke = ({ age, band, path }: { readonly age: Freshness; readonly band: number; readonly path: Path2D }) => {
    context.strokeStyle = inks[age];
    context.globalAlpha = 0.6 * (1 - band / BANDS);
    context.stroke(path);
  };
  context.lineCap = 'butt';
  context.lineWidth = 2;
  const addTrail = ({ trail, latest }: Vehicle, world: Frame) => {
    const age = freshness(latest.event, at);
    for (let i = 1; i < trail.length; i++) {
      const [a, b] = [trail[i - 1]!, trail[i]!];
      if (isGap(a, b) || Math.abs(eastward(a, b)) + Math.abs(a.y - b.y) < SHORT / world.scale) continue;
      const band = Math.min(BANDS - 1, Math.floor(((trail.length - 1 - i) * BANDS) / trail.length));
      let batch = batches.get(`${age}${band}`);
      if (batch === undefined) batches.set(`${age}${band}`, (batch = { age, band, path: new Path2D(), lines: 0 }));
      addLine(batch.path, world, a, b);
      if (++batch.lines < MAX_LINES) continue;
      stroke(batch);
      batch.path = new Path2D();
      batch.lines = 0;
    }
  };
  for (const world of worlds(frame, FAR)) {
    for (const vehicle of vehicles.values())
      if (vehicle.stride >= SHORT / world.scale && isInSight(vehicle.latest, world, FAR)) addTrail(vehicle, world);
  }
  for (const batch of [...batches.values()].reverse()) stroke(batch);
  context.globalAlpha = 1;
}
