import type { Instant } from '../../domain/instant.js';
import type { Clock } from '../api/served.js';
import { Vehicle } from './Fleet.js';
import type { Sighting } from './Sighting.js';

/**
 * The fleet by one clock, known some way ahead: what the fleets of later moments change waits here for its time. Between two
 * loaded moments each device changes once, to the later fix at that fix's own time. Holds one vehicle a device, the fixes
 * that wait, and the newest answer.
 */
export class FleetAhead {
  readonly vehicles = new Map<string, Vehicle>();
  /** The moment up to which changes are loaded. */
  edge: Instant | undefined;
  private readonly loaded = new Map<string, Sighting>();
  private waiting: Sighting[] = [];

  constructor(private readonly by: Clock) {}

  /** Takes the fleet as of a moment that is not before the edge, as the server told it. */
  load(at: Instant, fixes: readonly Sighting[]): void {
    const news: Sighting[] = [];
    for (const fix of fixes) {
      const before = this.loaded.get(fix.device);
      if (before?.event === fix.event && before.arrival === fix.arrival) continue;
      this.loaded.set(fix.device, fix);
      news.push(fix);
    }
    this.waiting = [...this.waiting, ...news.sort((a, b) => a[this.by] - b[this.by])];
    this.edge = at;
  }

  /** Applies what changes up to a moment, in order, and gives it. */
  advance(to: Instant): readonly Sighting[] {
    const first = this.waiting.findIndex((fix) => fix[this.by] > to);
    const changes = first === -1 ? this.waiting : this.waiting.slice(0, first);
    this.waiting = first === -1 ? [] : this.waiting.slice(first);
    for (const fix of changes) {
      const vehicle = this.vehicles.get(fix.device);
      if (vehicle === undefined) this.vehicles.set(fix.device, new Vehicle(fix));
      else vehicle.take(fix);
    }
    return changes;
  }
}
