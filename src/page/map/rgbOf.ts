/** The parts of a colour that is written as `#rrggbb`, each from 0 to 255. */
export function rgbOf(ink: string): readonly number[] {
  return [1, 3, 5].map((at) => parseInt(ink.slice(at, at + 2), 16));
}
