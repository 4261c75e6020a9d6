import { blended } from './blended.js';
import type { Stamp } from './Stamp.js';

const CALL = 16_384; // pixels that are drawn in the time that it takes to begin
const MARGIN = 36; // px of the map around what is in sight, so that nothing that is put need be cut

/**
 * Squares and stamps put into one picture, pixel by pixel, and drawn at once: thousands take no longer than a few that are drawn
 * one by one. Holds a picture a little larger than the canvas.
 */
export class Raster {
  private image = new ImageData(1, 1);
  private pixels = new Uint32Array(this.image.data.buffer);
  private margin = 0;
  private sharp = 1;
  private left = 0;
  private top = 0;
  private right = 0;
  private bottom = 0;
  /** What was put: the place of its first pixel, and its side. */
  private readonly firsts: number[] = [];
  private readonly sides: number[] = [];
  /** How many pixels that is. */
  private covered = 0;

  /** Begins anew. @param size in px of the map, and `sharp` pixels of the screen for each */
  begin({ width, height }: { readonly width: number; readonly height: number }, sharp: number): void {
    this.margin = Math.ceil(MARGIN * sharp);
    this.sharp = sharp;
    const [across, down] = [Math.round(width * sharp) + 2 * this.margin, Math.round(height * sharp) + 2 * this.margin];
    if (this.image.width !== across || this.image.height !== down) {
      this.image = new ImageData(across, down);
      this.pixels = new Uint32Array(this.image.data.buffer);
    } else this.clear();
    [this.left, this.top, this.right, this.bottom] = [across, down, 0, 0];
    this.firsts.length = this.sides.length = this.covered = 0;
  }

  /**
   * Puts a square around a place, in px of the map, over what is there. Of pixels that it only covers in part, at its right and
   * lower edges, it covers that part where less is covered. @param colour as `pixelOf` gives it
   */
  square(x: number, y: number, size: number, colour: number): void {
    const sharp = Math.max(1, size * this.sharp);
    const whole = Math.floor(sharp);
    const part = Math.round((sharp - whole) * 255);
    const side = part === 0 ? whole : whole + 1;
    const first = this.take(Math.round(x * this.sharp - sharp / 2), Math.round(y * this.sharp - sharp / 2), side);
    if (first < 0) return;
    const { pixels, image: { width } } = this;
    for (let row = 0; row < whole; row++) {
      const start = first + row * width;
      for (let at = start; at < start + whole; at++) pixels[at] = colour;
    }
    if (part === 0) return;
    const edge = ((colour & 0xffffff) | (part << 24)) >>> 0;
    const last = first + whole * width;
    for (let at = first + whole; at < last; at += width) if (pixels[at]! >>> 24 < part) pixels[at] = edge;
    for (let at = last; at <= last + whole; at++) if (pixels[at]! >>> 24 < part) pixels[at] = edge;
  }

  /** Puts a stamp around a place, in px of the map, over what is there. */
  stamp(stamp: Stamp, x: number, y: number): void {
    const { side, colours } = stamp;
    const first = this.take(Math.round(x * this.sharp - side / 2), Math.round(y * this.sharp - side / 2), side);
    if (first < 0) return;
    const { pixels, image: { width } } = this;
    const offsets = stamp.offsetsIn(width);
    for (let i = 0; i < offsets.length; i++) {
      const at = first + offsets[i]!;
      const colour = colours[i]!;
      pixels[at] = colour >>> 24 === 255 || pixels[at] === 0 ? colour : blended(pixels[at]!, colour);
    }
  }

  /** Draws the picture in place of all that is on a canvas where something was put. */
  draw(context: CanvasRenderingContext2D): void {
    const { image, margin, left, top, right, bottom, firsts, sides } = this;
    const put = (x: number, y: number, width: number, height: number) => {
      context.putImageData(image, -margin, -margin, x, y, width, height);
    };
    if (this.isSparse) {
      for (let i = 0; i < firsts.length; i++)
        put(firsts[i]! % image.width, Math.floor(firsts[i]! / image.width), sides[i]!, sides[i]!);
    } else if (right > left) put(left, top, right - left, bottom - top);
  }

  /** Whether what was put is sooner drawn one by one than with all that is in between. */
  private get isSparse(): boolean {
    return this.firsts.length * CALL + this.covered < (this.right - this.left) * (this.bottom - this.top);
  }

  private clear(): void {
    const { pixels, image: { width }, firsts, sides, top, bottom } = this;
    if (!this.isSparse) {
      pixels.fill(0, top * width, bottom * width);
      return;
    }
    for (const [i, first] of firsts.entries())
      for (let row = 0; row < sides[i]!; row++) pixels.fill(0, first + row * width, first + row * width + sides[i]!);
  }

  /** The place of the first pixel of a square, which is drawn by now; -1 if it is not wholly in the picture. */
  private take(across: number, down: number, side: number): number {
    const { image: { width, height }, margin } = this;
    const left = across + margin;
    const top = down + margin;
    if (left < 0 || top < 0 || left + side > width || top + side > height) return -1;
    if (left < this.left) this.left = left;
    if (top < this.top) this.top = top;
    if (left + side > this.right) this.right = left + side;
    if (top + side > this.bottom) this.bottom = top + side;
    const first = top * width + left;
    this.firsts.push(first);
    this.sides.push(side);
    this.covered += side * side;
    return first;
  }
}
