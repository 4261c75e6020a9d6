import { distance } from '../../domain/distance.js';
import type { Picture } from './Picture.js';
import type { Sighting } from './Sighting.js';

const NEAR = 100; // metres that are no displacement

/** A device that two clocks show at two places. */
export interface Displaced {
  readonly device: string;
  /** By the clock in force. */
  readonly here: Sighting;
  /** By the other one. */
  readonly there: Sighting;
  readonly metres: number;
}

/** The devices that the other clock shows more than 100 m away, the furthest first. */
export function displaced({ vehicles, elsewhere }: Pick<Picture, 'vehicles' | 'elsewhere'>): readonly Displaced[] {
  const found: Displaced[] = [];
  for (const [device, there] of elsewhere) {
    const here = vehicles.get(device)?.latest;
    if (here === undefined || there === undefined || isNear(here, there)) continue;
    const metres = distance(here, there);
    if (metres > NEAR) found.push({ device, here, there, metres });
  }
  return found.sort((a, b) => b.metres - a.metres);
}

/** Whether two places are so near by degrees that they cannot be 100 m apart, which most are and is soon found out. */
const isNear = (a: Sighting, b: Sighting) =>
  Math.abs(a.latitude - b.latitude) < 0.0006 && Math.abs(a.longitude - b.longitude) < 0.0006;
