import { distance } from '../../domain/distance.js';
import { isNewer } from '../../domain/latest.js';
import { eastward } from './eastward.js';
import type { Sighting } from './Sighting.js';

const TRAIL = 10; // fixes
const STANDING = 5; // metres between two fixes that are one place

/** A device, its newest fix and the few before it, in the order of their event times. */
export class Vehicle {
  readonly trail: Sighting[];

  constructor(public latest: Sighting) {
    this.trail = [latest];
  }

  /** Takes a fix into the trail, where it belongs by its event time. */
  mend(fix: Sighting): void {
    let at = this.trail.length;
    while (at > 0 && this.trail[at - 1]!.event > fix.event) at--;
    if (this.trail[at - 1]?.event === fix.event || (at === 0 && this.trail.length === TRAIL)) return;
    this.trail.splice(at, 0, fix);
    if (this.trail.length > TRAIL) this.trail.shift();
  }

  /** Whether it stands: by its speed, or where that is unknown, by where it was before. */
  get stands(): boolean {
    const { latest, trail } = this;
    if (latest.speed !== undefined) return latest.speed === 0;
    const before = trail.findLast(({ event }) => event < latest.event);
    return before !== undefined && distance(before, latest) < STANDING;
  }

  /** Where it is heading, in radians clockwise from north, or `undefined` if it stands or nobody knows. */
  get course(): number | undefined {
    const { latest } = this;
    if (this.stands) return undefined;
    const before = this.trail.findLast((fix) => fix.event < latest.event && distance(fix, latest) >= STANDING);
    return before && Math.atan2(eastward(before, latest), before.y - latest.y);
  }
}

/** Every device's newest fix, kept by the rule of the log: a newer event time replaces the one held. */
export class Fleet {
  readonly vehicles = new Map<string, Vehicle>();

  constructor(fixes: readonly Sighting[] = []) {
    for (const fix of fixes) this.take(fix);
  }

  /** Whether the fix became its device's latest; if not, it only mends the trail. */
  take(fix: Sighting): boolean {
    const vehicle = this.vehicles.get(fix.device);
    if (vehicle === undefined) {
      this.vehicles.set(fix.device, new Vehicle(fix));
      return true;
    }
    vehicle.mend(fix);
    if (!isNewer(fix, vehicle.latest)) return false;
    vehicle.latest = fix;
    return true;
  }
}
