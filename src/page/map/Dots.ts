/**
 * Squares of any size, put into one picture and drawn at once: thousands take no longer than a few. Holds a picture of the
 * part of the canvas in which there are some.
 */
export class Dots {
  private readonly sheet = document.createElement('canvas');
  private readonly context = this.sheet.getContext('2d')!;
  private image = new ImageData(1, 1);
  private pixels = new Uint32Array(this.image.data.buffer);
  private left = 0;
  private top = 0;
  private sharp = 1;

  /** Begins anew. @param box the part of the canvas, in px, and `sharp` pixels of the screen for each */
  begin({ left, top, right, bottom }: Readonly<Record<'left' | 'top' | 'right' | 'bottom', number>>, sharp: number): void {
    [this.left, this.top, this.sharp] = [Math.floor(left * sharp), Math.floor(top * sharp), sharp];
    const [width, height] = [Math.max(1, Math.ceil(right * sharp) - this.left), Math.max(1, Math.ceil(bottom * sharp) - this.top)];
    if (this.image.width === width && this.image.height === height) this.pixels.fill(0);
    else {
      this.image = new ImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
  }

  /**
   * Puts a square around a place, in px, over what is there. Of pixels that it only covers in part, at its right and lower
   * edges, it covers that part where less is covered. @param colour as `pixelOf` gives it
   */
  put(x: number, y: number, size: number, colour: number): void {
    const { pixels, image: { width, height } } = this;
    const sharp = Math.max(1, size * this.sharp);
    const whole = Math.floor(sharp);
    const part = Math.round((sharp - whole) * 255);
    const edge = ((colour & 0xffffff) | (part << 24)) >>> 0;
    const [left, top] = [Math.round(x * this.sharp - sharp / 2) - this.left, Math.round(y * this.sharp - sharp / 2) - this.top];
    const side = part === 0 ? whole : whole + 1;
    const [right, bottom] = [Math.min(width, left + side), Math.min(height, top + side)];
    for (let row = Math.max(0, top); row < bottom; row++) {
      for (let column = Math.max(0, left); column < right; column++) {
        const at = row * width + column;
        if (row - top < whole && column - left < whole) pixels[at] = colour;
        else if (pixels[at]! >>> 24 < part) pixels[at] = edge;
      }
    }
  }

  draw(context: CanvasRenderingContext2D): void {
    const { image: { width, height }, sheet, sharp } = this;
    if (sheet.width !== width || sheet.height !== height) [sheet.width, sheet.height] = [width, height];
    this.context.putImageData(this.image, 0, 0);
    context.drawImage(sheet, this.left / sharp, this.top / sharp, width / sharp, height / sharp);
  }
}
