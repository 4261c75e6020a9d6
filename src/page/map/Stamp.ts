/** A small picture that is put into a `Raster` many times. Holds its pixels that are not transparent. */
export class Stamp {
  /** px of each side. */
  readonly side: number;
  /** Its pixels as `pixelOf` gives them. */
  readonly colours: Uint32Array;
  private readonly places: Uint32Array;
  private offsets = new Uint32Array(0);
  private width = 0;

  /** @param image with as many rows as columns, as a canvas gives it */
  constructor({ data, width }: { readonly data: { readonly buffer: ArrayBuffer }; readonly width: number }) {
    const pixels = new Uint32Array(data.buffer);
    this.side = width;
    this.places = Uint32Array.from(pixels.keys()).filter((place) => pixels[place]! >>> 24 > 0);
    this.colours = this.places.map((place) => pixels[place]!);
  }

  /** How far each pixel is behind the first of the square, in a raster of some px in width. */
  offsetsIn(width: number): Uint32Array {
    if (this.width !== width) {
      this.width = width;
      this.offsets = this.places.map((place) => Math.floor(place / this.side) * width + (place % this.side));
    }
    return this.offsets;
  }
}
