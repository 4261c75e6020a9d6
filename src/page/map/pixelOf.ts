/** A colour that is written as `#rrggbb`, as a pixel of an image: its bytes are red, green, blue and opaque. */
export function pixelOf(ink: string): number {
  const bytes = Uint8Array.of(...[1, 3, 5].map((at) => parseInt(ink.slice(at, at + 2), 16)), 255);
  return new Uint32Array(bytes.buffer)[0]!;
}
