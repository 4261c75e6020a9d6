import type { Picture } from '../model/Picture.js';
import { isGap } from '../model/isGap.js';
import type { Track } from '../model/chosenTrack.js';
import type { Frame, Inks } from './Frame.js';

const LONGEST_NAME = 40;

/** Draws the chosen device's track, with a dot for each fix, and rings and names its latest. */
export function drawChosen(context: CanvasRenderingContext2D, { scale, left, top }: Frame, { vehicles }: Picture, { device, track }: { readonly device: string; readonly track: Track | undefined }, inks: Inks): void {
  if (track?.device === device && track.fixes.length > 0) {
    const line = new Path2D();
    const dots = new Path2D();
    for (const [i, fix] of track.fixes.entries()) {
      const { x, y } = fix;
      const [across, down] = [x * scale - left, y * scale - top];
      if (i > 0 && isGap(track.fixes[i - 1]!, fix)) line.moveTo(across, down);
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
  const latest = vehicles.get(device)?.latest;
  if (latest === undefined) return;
  const [x, y] = [latest.x * scale - left, latest.y * scale - top];
  context.beginPath();
  context.arc(x, y, 15, 0, 2 * Math.PI);
  context.strokeStyle = inks.chosen;
  context.lineWidth = 2.5;
  context.stroke();
  const name = device.length > LONGEST_NAME ? `${device.slice(0, LONGEST_NAME)}…` : device;
  context.font = '600 13px Inter, system-ui, sans-serif';
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = inks.halo;
  context.strokeText(name, x + 20, y + 5);
  context.fillStyle = inks.text;
  context.fillText(name, x + 20, y + 5);
}
