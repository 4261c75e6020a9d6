/**
 * Squares of whole pixels, put into one picture and drawn at once: thousands take no longer than a few. Holds a picture of the
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

  /** Puts a square around a place, in px, over what is there. @param colour as `pixelOf` gives it */
  put(x: number, y: number, size: number, colour: number): void {
    const { pixels, image: { width, height } } = this;
    const side = Math.max(1, Math.round(size * this.sharp));
    const [left, top] = [Math.round(x * this.sharp - side / 2) - this.left, Math.round(y * this.sharp - side / 2) - this.top];
    const [right, bottom] = [Math.min(width, left + side), Math.min(height, top + side)];
    for (let row = Math.max(0, top); row < bottom; row++)
      for (let column = Math.max(0, left); column < right; column++) pixels[row * width + column] = colour;
  }

  draw(context: CanvasRenderingContext2D): void {
    const { image: { width, height }, sheet, sharp } = this;
    if (sheet.width !== width || sheet.height !== height) [sheet.width, sheet.height] = [width, height];
    this.context.putImageData(this.image, 0, 0);
    context.drawImage(sheet, this.left / sharp, this.top / sharp, width / sharp, height / sharp);
  }
}
