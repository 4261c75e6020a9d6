import { rgbOf } from './rgbOf.js';

/** A colour that is written as `#rrggbb`, as a pixel of an image: its bytes are red, green, blue and opaque. */
export function pixelOf(ink: string): number {
  return new Uint32Array(Uint8Array.of(...rgbOf(ink), 255).buffer)[0]!;
}
