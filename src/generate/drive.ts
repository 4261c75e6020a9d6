import type { Instant } from '../domain/instant.js';
import type { Dice } from './Dice.js';

/** A fix as the vehicle takes it. */
export interface Taken {
  readonly event: Instant;
  readonly latitude: string;
  readonly longitude: string;
  /** km/h, whole. */
  readonly speed: string;
}

const SECOND = 1_000_000;
/** Metres in a degree of latitude, on a sphere of the Earth's mean radius of 6,371,009 m. */
const DEGREE = (6_371_009 * Math.PI) / 180;
/** Between fixes, in s: what the trackers of the real recording do. */
const STEPS = [2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 3, 5];

/**
 * The fixes that one vehicle takes between two instants, about every 2 s: it drives along roads that bend
 * and cross, from 0 to 90 km/h, and stands at times. Coordinates have the digits of a 32-bit float, as
 * trackers send them.
 */
export function* drive(dice: Dice, from: Instant, to: Instant): Generator<Taken, void, undefined> {
  let latitude = dice.between(18, 28);
  let longitude = dice.between(73, 79);
  let heading = dice.between(0, 2 * Math.PI);
  let speed = 0; // m/s
  let wanted = 0;
  let event = from;
  while (event < to) {
    yield {
      event,
      latitude: String(Math.fround(latitude)),
      longitude: String(Math.fround(longitude)),
      speed: String(Math.round(speed * 3.6)),
    };
    const step = dice.one(STEPS);
    event += step * SECOND;
    if (dice.happens(0.04)) wanted = dice.happens(0.4) ? 0 : dice.between(4, 25);
    speed += Math.max(-3 * step, Math.min(1.5 * step, wanted - speed)); // brakes at 3 m/s², gathers at 1.5
    heading += dice.happens(0.02) ? dice.one([-Math.PI / 2, Math.PI / 2]) : dice.between(-0.02, 0.02);
    latitude += (speed * step * Math.cos(heading)) / DEGREE;
    longitude += (speed * step * Math.sin(heading)) / (DEGREE * Math.cos((latitude * Math.PI) / 180));
  }
}
