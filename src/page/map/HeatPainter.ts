import type { Heat } from '../model/Heat.js';
import type { Frame, Inks } from './Frame.js';
import { heatColours } from './heatColours.js';
import { worlds } from './worlds.js';

const PIXEL = 4; // px of the map for one of the density
const REACH = 16; // px around a late fix that are warm
const FAR = 48; // px

/** Draws where late fixes were, the warmer the denser, by the logarithm. Holds a picture of a sixteenth of the pixels. */
export class HeatPainter {
  private readonly sheet = document.createElement('canvas');

  draw(context: CanvasRenderingContext2D, frame: Frame, { side, x, y, counts }: Heat, inks: Inks): void {
    const [across, down] = [Math.ceil(frame.width / PIXEL), Math.ceil(frame.height / PIXEL)];
    const density = new Float32Array(across * down);
    const reach = Math.max(REACH, (0.75 * frame.scale) / side) / PIXEL; // a cell is not to stand alone
    for (const { scale, left, top } of worlds(frame, FAR)) {
      const [unit, west, north] = [scale / side / PIXEL, left / PIXEL, top / PIXEL];
      for (let i = 0; i < counts.length; i++)
        warm(density, across, { x: (x[i]! + 0.5) * unit - west, y: (y[i]! + 0.5) * unit - north, reach }, counts[i]!);
    }
    const most = density.reduce((max, value) => Math.max(max, value), 0);
    if (most === 0) return;
    [this.sheet.width, this.sheet.height] = [across, down];
    const sheet = this.sheet.getContext('2d')!;
    const image = sheet.createImageData(across, down);
    const colours = heatColours(inks);
    const pixels = new Uint32Array(image.data.buffer);
    const steps = (colours.length - 1) / Math.log1p(Math.max(1, most));
    for (let i = 0; i < density.length; i++) if (density[i]! > 0) pixels[i] = colours[Math.round(Math.log1p(density[i]!) * steps)]!;
    sheet.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = true;
    context.drawImage(this.sheet, 0, 0, across * PIXEL, down * PIXEL);
  }
}

/** Adds so many to what is around a place: all of them in the middle, and none from the reach on. */
function warm(
  density: Float32Array,
  across: number,
  { x, y, reach }: { readonly x: number; readonly y: number; readonly reach: number },
  count: number,
): void {
  const [left, right] = [Math.max(0, Math.ceil(x - reach - 0.5)), Math.min(across - 1, Math.floor(x + reach - 0.5))];
  const [top, bottom] = [Math.max(0, Math.ceil(y - reach - 0.5)), Math.min(density.length / across - 1, Math.floor(y + reach - 0.5))];
  for (let row = top; row <= bottom; row++) {
    const south = row + 0.5 - y;
    for (let column = left; column <= right; column++) {
      const east = column + 0.5 - x;
      const near = 1 - (east * east + south * south) / (reach * reach);
      if (near > 0) density[row * across + column]! += count * near * near * near;
    }
  }
}
