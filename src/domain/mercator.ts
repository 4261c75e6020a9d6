/** A place in the Mercator square: from west to east and from north to south, each from 0 to 1. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The latitude beyond which the square ends. */
export const POLE = 85.0511287798;

/** Where a place is in the Mercator square (EPSG:3857, as a share of its width). */
export function mercator(latitude: number, longitude: number): Place {
  const sine = Math.sin((Math.max(-POLE, Math.min(POLE, latitude)) * Math.PI) / 180);
  return { x: (longitude + 180) / 360, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) };
}
