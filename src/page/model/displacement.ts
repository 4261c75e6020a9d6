import { distance } from '../../domain/distance.js';
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

/** How a device is displaced of which two clocks show these fixes; `undefined` if they are no more than 100 m apart, or one is unknown. */
export function displacement(here: Sighting | undefined, there: Sighting | undefined): Displaced | undefined {
  if (here === undefined || there === undefined || isNear(here, there)) return undefined;
  const metres = distance(here, there);
  return metres > NEAR ? { device: here.device, here, there, metres } : undefined;
}

/** Whether two places are so near by degrees that they cannot be 100 m apart, which most are and is soon found out. */
const isNear = (a: Sighting, b: Sighting) =>
  Math.abs(a.latitude - b.latitude) < 0.0006 && Math.abs(a.longitude - b.longitude) < 0.0006;
