import { mercator } from '../../domain/mercator.js';
import type { Frame, Inks } from './Frame.js';
import type { Box } from './sidesCovered.js';

const STEPS = [90, 60, 30, 15, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005]; // degrees
const APART = 110; // px between lines at least
const EDGE = 6;
const [NAME, LINE] = [60, 18]; // px that a name is wide and high
const MARGIN_PX = 40; // px at the edges where no name has room

/** Draws the lines of latitude and longitude that are a step apart, and names them at the top and the right, beside what lies over it. */
export function drawGraticule(context: CanvasRenderingContext2D, frame: Frame, over: readonly Box[], inks: Inks): void {
  const { scale, left, top, width, height } = frame;
  const step = STEPS.findLast((degrees) => (degrees / 360) * scale >= APART) ?? STEPS[0]!;
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  context.lineWidth = 1;
  context.strokeStyle = inks.grid;
  context.fillStyle = inks.faint;
  context.font = '12px Inter, system-ui, sans-serif';
  const [west, east] = [(left / scale) * 360 - 180, ((left + width) / scale) * 360 - 180];
  const [north, south] = [latitudeOf(top / scale), latitudeOf((top + height) / scale)];
  context.beginPath();
  const names: [text: string, x: number, y: number, align: CanvasTextAlign][] = [];
  for (let i = Math.ceil(west / step); i * step < east; i++) {
    const x = Math.round(((i * step + 180) / 360) * scale - left) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, height);
    if (x < width - 2 * MARGIN_PX) names.push([named(i * step, digits, 'E', 'W'), x + 4, EDGE + 10, 'left']);
  }
  for (let i = Math.ceil(Math.max(south, -80) / step); i * step < Math.min(north, 80.001); i++) {
    const y = Math.round(mercator(i * step, 0).y * scale - top) + 0.5;
    context.moveTo(0, y);
    context.lineTo(width, y);
    if (y <= MARGIN_PX || y >= height - MARGIN_PX) continue;
    const beside = over.filter((box) => box.top < y && box.bottom > y - LINE && box.right > width - NAME);
    names.push([named(i * step, digits, 'N', 'S'), Math.min(width, ...beside.map(({ left }) => left)) - EDGE, y - 4, 'right']);
  }
  context.stroke();
  for (const [text, x, y, align] of names) {
    context.textAlign = align;
    context.fillText(text, x, y);
  }
}

const latitudeOf = (y: number) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * Math.min(1, Math.max(0, y))))) * 180) / Math.PI;

function named(degrees: number, digits: number, positive: string, negative: string): string {
  const turned = degrees - 360 * Math.round(degrees / 360);
  const text = `${Math.abs(turned).toFixed(digits)}°`;
  return Number.parseFloat(text) % 180 === 0 ? `${Math.abs(Math.round(turned))}°` : `${text} ${turned > 0 ? positive : negative}`;
}
