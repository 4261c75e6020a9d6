import { distance } from '../../domain/distance.js';
import { isNewer } from '../../domain/latest.js';
import { eastward } from './eastward.js';
import type { Sighting } from './Sighting.js';

const TRAIL = 10; // fixes
const STANDING = 5; // metres between two fixes that are one place
const FAR = 1e-4; // degrees of latitude, which are eleven metres

/** A device, its newest fix and the few before it, in the order of their event times. What follows from them is kept. */
export class Vehicle {
  readonly trail: Sighting[];
  private newest: Sighting;
  /** What follows from the trail, once somebody has asked for it; of the course, `null` says that there is none. */
  private knownStands: boolean | undefined;
  private knownCourse: number | null | undefined;
  private knownStride: number | undefined;

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
    this.forget();
  }

  /** Takes a fix into the trail, where it belongs by its event time. */
  mend(fix: Sighting): void {
    let at = this.trail.length;
    while (at > 0 && this.trail[at - 1]!.event > fix.event) at--;
    if (this.trail[at - 1]?.event === fix.event || (at === 0 && this.trail.length === TRAIL)) return;
    if (at === this.trail.length) this.trail.push(fix);
    else this.trail.splice(at, 0, fix);
    if (this.trail.length > TRAIL) this.trail.shift();
    this.forget();
  }

  /** Whether it stands: by its speed, or where that is unknown, by where it was before. */
  get stands(): boolean {
    return (this.knownStands ??= standsBy(this.newest, this.trail));
  }

  /** Where it is heading, in radians clockwise from north, or `undefined` if it stands or nobody knows. */
  get course(): number | undefined {
    if (this.knownCourse === undefined) this.knownCourse = this.stands ? null : courseOf(this.newest, this.trail);
    return this.knownCourse ?? undefined;
  }

  /** The longest way between two fixes of the trail, across and down, as a share of the Mercator square's width. */
  get stride(): number {
    return (this.knownStride ??= strideOf(this.trail));
  }

  private forget(): void {
    this.knownStands = undefined;
    this.knownCourse = undefined;
    this.knownStride = undefined;
  }
}

function standsBy(latest: Sighting, trail: readonly Sighting[]): boolean {
  if (latest.speed !== undefined) return latest.speed === 0;
  const before = trail.findLast(({ event }) => event < latest.event);
  return before !== undefined && !isApart(before, latest);
}

function courseOf(latest: Sighting, trail: readonly Sighting[]): number | null {
  const from = trail.findLast((fix) => fix.event < latest.event && isApart(fix, latest));
  return from === undefined ? null : Math.atan2(eastward(from, latest), from.y - latest.y);
}

/** Whether two fixes are at two places; those that are far apart by their latitudes soon. */
function isApart(a: Sighting, b: Sighting): boolean {
  return Math.abs(a.latitude - b.latitude) > FAR || distance(a, b) >= STANDING;
}

function strideOf(trail: readonly Sighting[]): number {
  let stride = 0;
  for (let i = 1; i < trail.length; i++) {
    const [a, b] = [trail[i - 1]!, trail[i]!];
    stride = Math.max(stride, Math.abs(eastward(a, b)) + Math.abs(a.y - b.y));
  }
  return stride;
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
