import type { Fix } from './fix.js';
import type { Instant } from './instant.js';

/** How many different fixes of one moment are compared. Only a clock that has stopped has more; then the earlier ones are forgotten. */
const MAX_KNOWN = 100_000;

/** What makes fixes copies of each other: the event time, and the position and the speed, as numbers. */
export interface Copied {
  readonly event: Instant;
  readonly latitude: number;
  readonly longitude: number;
  readonly speed: number | undefined;
}

/** Finds the copies in a track of one device in the order of event times: what was sent again. Holds the fixes of one moment. */
export class Copies {
  #moment: Instant | undefined;
  readonly #known = new Set<string>();

  /** Whether one that was asked about before is of the same moment, with the same position and speed. */
  isCopy({ event, latitude, longitude, speed }: Copied): boolean {
    if (event !== this.#moment || this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#moment = event;
    const { size } = this.#known;
    return this.#known.add(`${latitude},${longitude},${speed ?? ''}`).size === size;
  }
}

/** What makes a fix a copy of another. */
export function copied({ event, latitude, longitude, speed }: Fix): Copied {
  return { event, latitude: Number(latitude), longitude: Number(longitude), speed: speed === '' ? undefined : Number(speed) };
}
