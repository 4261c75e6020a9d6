import { distance } from '../../domain/distance.js';
import { isNewer } from '../../domain/latest.js';
import { eastward } from './eastward.js';
import type { Sighting } from './Sighting.js';

const TRAIL = 10; // fixes
const STANDING = 5; // metres between two fixes that are one place

/** A device, its newest fix and the few before it, in the order of their event times. What follows from them is kept. */
export class Vehicle {
  readonly trail: Sighting[];
  private newest: Sighting;
  private motion: Motion | undefined;

  constructor(latest: Sighting) {
    this.newest = latest;
    this.trail = [latest];
  }

  get latest(): Sighting {
    return this.newest;
  }

  /** Takes a fix as its newest. */
  take(fix: Sighting): void {
    this.mend(fix);
    this.newest = fix;
    this.motion = undefined;
  }

  /** Takes a fix into the trail, where it belongs by its event time. */
  mend(fix: Sighting): void {
    let at = this.trail.length;
    while (at > 0 && this.trail[at - 1]!.event > fix.event) at--;
    if (this.trail[at - 1]?.event === fix.event || (at === 0 && this.trail.length === TRAIL)) return;
    this.trail.splice(at, 0, fix);
    if (this.trail.length > TRAIL) this.trail.shift();
    this.motion = undefined;
  }

  /** Whether it stands: by its speed, or where that is unknown, by where it was before. */
  get stands(): boolean {
    return this.moved.stands;
  }

  /** Where it is heading, in radians clockwise from north, or `undefined` if it stands or nobody knows. */
  get course(): number | undefined {
    return this.moved.course;
  }

  /** The longest way between two fixes of the trail, across and down, as a share of the Mercator square's width. */
  get stride(): number {
    return this.moved.stride;
  }

  private get moved(): Motion {
    return (this.motion ??= motionOf(this.newest, this.trail));
  }
}

/** How a device moves. */
interface Motion {
  readonly stands: boolean;
  readonly course: number | undefined;
  readonly stride: number;
}

function motionOf(latest: Sighting, trail: readonly Sighting[]): Motion {
  const before = trail.findLast(({ event }) => event < latest.event);
  const stands = latest.speed === undefined ? before !== undefined && distance(before, latest) < STANDING : latest.speed === 0;
  const from = stands ? undefined : trail.findLast((fix) => fix.event < latest.event && distance(fix, latest) >= STANDING);
  let stride = 0;
  for (let i = 1; i < trail.length; i++) {
    const [a, b] = [trail[i - 1]!, trail[i]!];
    stride = Math.max(stride, Math.abs(eastward(a, b)) + Math.abs(a.y - b.y));
  }
  return { stands, course: from && Math.atan2(eastward(from, latest), from.y - latest.y), stride };
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
    if (isNewer(fix, vehicle.latest)) {
      vehicle.take(fix);
      return true;
    }
    vehicle.mend(fix);
    return false;
  }
}
