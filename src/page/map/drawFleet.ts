import { freshness, type Freshness } from '../model/freshness.js';
import type { Vehicle } from '../model/Fleet.js';
import type { Picture } from '../model/Picture.js';
import type { Frame, Inks } from './Frame.js';

const CROWD = 600; // devices in sight, from which on the signs are smaller
const FAR = 20;

/**
 * Draws each device's latest fix. Age is told by shape as by colour: filled when fresh, hollow when ageing, a hollow
 * diamond when old; an arrow points where it heads, a dot stands.
 */
export function drawFleet(context: CanvasRenderingContext2D, { scale, left, top, width, height }: Frame, { vehicles, at }: Picture, inks: Inks): void {
  const seen: [vehicle: Vehicle, x: number, y: number][] = [];
  for (const vehicle of vehicles.values()) {
    const [x, y] = [vehicle.latest.x * scale - left, vehicle.latest.y * scale - top];
    if (x >= -FAR && y >= -FAR && x <= width + FAR && y <= height + FAR) seen.push([vehicle, x, y]);
  }
  const size = seen.length > CROWD ? 4.5 : 7.5;
  const paths: Record<Freshness, Path2D> = { fresh: new Path2D(), ageing: new Path2D(), old: new Path2D() };
  for (const [vehicle, x, y] of seen) {
    const age = freshness(vehicle.latest.event, at);
    if (age === 'old') diamond(paths.old, x, y, size * 0.75);
    else sign(paths[age], x, y, size, vehicle.course);
  }
  context.lineJoin = 'round';
  for (const age of ['old', 'ageing', 'fresh'] as const) {
    context.strokeStyle = inks.halo;
    context.lineWidth = size > 5 ? 4 : 2.5;
    context.stroke(paths[age]);
    context.fillStyle = age === 'fresh' ? inks.fresh : inks.halo;
    context.fill(paths[age]);
    if (age === 'fresh') continue;
    context.strokeStyle = inks[age];
    context.lineWidth = size > 5 ? 2 : 1.5;
    context.stroke(paths[age]);
  }
}

function sign(path: Path2D, x: number, y: number, size: number, course: number | undefined): void {
  if (course === undefined) {
    path.moveTo(x + size * 0.6, y);
    path.arc(x, y, size * 0.6, 0, 2 * Math.PI);
    return;
  }
  const [east, south] = [Math.sin(course) * size, -Math.cos(course) * size];
  path.moveTo(x + east * 1.25, y + south * 1.25);
  path.lineTo(x - east * 0.9 - south * 0.75, y - south * 0.9 + east * 0.75);
  path.lineTo(x - east * 0.45, y - south * 0.45);
  path.lineTo(x - east * 0.9 + south * 0.75, y - south * 0.9 - east * 0.75);
  path.closePath();
}

function diamond(path: Path2D, x: number, y: number, size: number): void {
  path.moveTo(x, y - size);
  path.lineTo(x + size, y);
  path.lineTo(x, y + size);
  path.lineTo(x - size, y);
  path.closePath();
}
