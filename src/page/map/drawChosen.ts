import { eastward } from '../model/eastward.js';
import { isGap } from '../model/isGap.js';
import type { Picture } from '../model/Picture.js';
import type { Sighting } from '../model/Sighting.js';
import type { Track } from '../model/Track.js';
import { addLine } from './addLine.js';
import type { Frame, Inks } from './Frame.js';
import { worlds } from './worlds.js';

const MAX_NAME_LENGTH = 40;
const FAR = 300; // px: a name is as long

/** Draws the chosen device's track, with a dot for each fix, and rings and names its latest. */
export function drawChosen(
  context: CanvasRenderingContext2D,
  frame: Frame,
  { vehicles }: Picture,
  { device, track }: { readonly device: string; readonly track: Track | undefined },
  inks: Inks,
): void {
  const latest = vehicles.get(device)?.latest;
  for (const world of worlds(frame, FAR)) {
    if (track?.device === device && track.fixes.length > 0) drawTrack(context, world, track.fixes, inks);
    if (latest !== undefined) drawName(context, world, latest, inks);
  }
}

function drawTrack(context: CanvasRenderingContext2D, world: Frame, fixes: readonly Sighting[], inks: Inks): void {
  const { scale, left, top } = world;
  const line = new Path2D();
  const dots = new Path2D();
  for (const [i, fix] of fixes.entries()) {
    const [across, down] = [fix.x * scale - left, fix.y * scale - top];
    const before = fixes[i - 1];
    const isOver = before !== undefined && Math.abs(before.x - fix.x) > Math.abs(eastward(before, fix)); // the date line
    if (before !== undefined && isOver && !isGap(before, fix)) addLine(line, world, before, fix);
    if (before === undefined || isOver || isGap(before, fix)) line.moveTo(across, down);
    else line.lineTo(across, down);
    dots.moveTo(across + 1.8, down);
    dots.arc(across, down, 1.8, 0, 2 * Math.PI);
  }
  context.lineJoin = 'round';
  context.strokeStyle = inks.halo;
  context.lineWidth = 5;
  context.stroke(line);
  context.strokeStyle = inks.chosen;
  context.lineWidth = 2.5;
  context.stroke(line);
  context.fillStyle = inks.chosen;
  context.fill(dots);
}

function drawName(context: CanvasRenderingContext2D, { scale, left, top }: Frame, { device, x, y }: Sighting, inks: Inks): void {
  const [across, down] = [x * scale - left, y * scale - top];
  context.beginPath();
  context.arc(across, down, 15, 0, 2 * Math.PI);
  context.strokeStyle = inks.chosen;
  context.lineWidth = 2.5;
  context.stroke();
  const name = device.length > MAX_NAME_LENGTH ? `${device.slice(0, MAX_NAME_LENGTH)}…` : device;
  context.font = '600 13px Inter, system-ui, sans-serif';
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = inks.halo;
  context.strokeText(name, across + 20, down + 5);
  context.fillStyle = inks.text;
  context.fillText(name, across + 20, down + 5);
}
