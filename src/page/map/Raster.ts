import { blended } from './blended.js';
import type { Stamp } from './Stamp.js';

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

  /** Begins anew. @param size in px of the map, and `sharp` pixels of the screen for each */
  begin({ width, height }: { readonly width: number; readonly height: number }, sharp: number): void {
    this.margin = Math.ceil(MARGIN * sharp);
    this.sharp = sharp;
    const [across, down] = [Math.round(width * sharp) + 2 * this.margin, Math.round(height * sharp) + 2 * this.margin];
    if (this.image.width !== across || this.image.height !== down) {
      this.image = new ImageData(across, down);
      this.pixels = new Uint32Array(this.image.data.buffer);
    } else this.pixels.fill(0, this.top * across, this.bottom * across);
    [this.left, this.top, this.right, this.bottom] = [across, down, 0, 0];
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
    const { image, margin, left, top, right, bottom } = this;
    if (right > left) context.putImageData(image, -margin, -margin, left, top, right - left, bottom - top);
  }

  /** The place of the first pixel of a square, which is drawn by now; -1 if it is not wholly in the picture. */
  private take(across: number, down: number, side: number): number {
    const { image: { width, height }, margin } = this;
    const [left, top] = [across + margin, down + margin];
    if (left < 0 || top < 0 || left + side > width || top + side > height) return -1;
    if (left < this.left) this.left = left;
    if (top < this.top) this.top = top;
    if (left + side > this.right) this.right = left + side;
    if (top + side > this.bottom) this.bottom = top + side;
    return top * width + left;
  }
}
