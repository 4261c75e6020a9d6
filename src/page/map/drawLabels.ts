import type { Picture } from '../model/Picture.js';
import type { Frame, Inks } from './Frame.js';
import { isInSight } from './isInSight.js';
import { worlds } from './worlds.js';

const MAX_IN_SIGHT = 150; // devices, beyond which no name has room
const MAX_LENGTH = 24;
const HEIGHT = 16; // px of a name and what is around it
const OFFSET = 12; // px from a device to its name
const APART = 4; // px between a name and what is beside it

/** Draws the ids of devices at their right, or else at their left, where they meet no other id or device; the chosen one has its own. */
export function drawLabels(
  context: CanvasRenderingContext2D,
  frame: Frame,
  { vehicles }: Picture,
  { chosen, inks }: { readonly chosen: string | undefined; readonly inks: Inks },
): void {
  const places: { readonly device: string; readonly x: number; readonly y: number }[] = [];
  for (const world of worlds(frame)) {
    for (const [device, { latest }] of vehicles) {
      if (!isInSight(latest, world)) continue;
      if (places.length === MAX_IN_SIGHT) return;
      places.push({ device, x: latest.x * world.scale - world.left, y: latest.y * world.scale - world.top });
    }
  }
  context.font = '500 12px Inter, system-ui, sans-serif';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = inks.halo;
  context.fillStyle = inks.text;
  const taken: { readonly x: number; readonly y: number; readonly width: number }[] = places.map(({ x, y }) => ({
    x: x - 8,
    y,
    width: 16,
  }));
  for (const { device, x, y } of places) {
    if (device === chosen) continue;
    const name = device.length > MAX_LENGTH ? `${device.slice(0, MAX_LENGTH)}…` : device;
    const width = context.measureText(name).width;
    const isFree = (left: number) =>
      left >= 0 &&
      left + width <= frame.width &&
      !taken.some(
        (other) => Math.abs(other.y - y) < HEIGHT && other.x < left + width + APART && left < other.x + other.width + APART,
      );
    const left = [x + OFFSET, x - OFFSET - width].find(isFree);
    if (left === undefined) continue;
    taken.push({ x: left, y, width });
    context.strokeText(name, left, y + 4);
    context.fillText(name, left, y + 4);
  }
}
