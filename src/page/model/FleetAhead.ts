import type { Instant } from '../../domain/instant.js';
import { isNewer } from '../../domain/latest.js';
import type { Clock } from '../api/served.js';
import { Vehicle } from './Fleet.js';
import type { Sighting } from './Sighting.js';
import { Waiting } from './Waiting.js';

/**
 * The fleet by one clock, known some way ahead: what changes it waits here for its time. Of what is known as fixes, every one
 * changes it at its own time; between two fleets, each device changes once, to the later fix at that fix's own time. Holds one
 * vehicle a device, the fixes that wait, and the newest of each device.
 */
export class FleetAhead {
  readonly vehicles = new Map<string, Vehicle>();
  /** The moment up to which changes are loaded. */
  edge: Instant | undefined;
  private readonly loaded = new Map<string, Sighting>();
  private readonly waiting: Waiting;
  private readonly waitingLate: Waiting;

  constructor(private readonly by: Clock) {
    this.waiting = new Waiting(by);
    this.waitingLate = new Waiting(by);
  }

  /** Takes the fleet as of a moment that is not before the edge, as the server told it. */
  load(at: Instant, fixes: readonly Sighting[]): void {
    const news: Sighting[] = [];
    for (const fix of fixes) {
      const before = this.loaded.get(fix.device);
      if (before?.event === fix.event && before.arrival === fix.arrival) continue;
      this.loaded.set(fix.device, fix);
      news.push(fix);
    }
    this.waiting.add(news.sort((a, b) => a[this.by] - b[this.by]));
    this.edge = at;
  }

  /** Takes all fixes from the edge to a moment. By arrival the late ones change nothing, by event time they are like others. */
  take(at: Instant, changes: readonly Sighting[], late: readonly Sighting[]): void {
    const all = this.by === 'arrival' ? changes : [...changes, ...late].sort((a, b) => a.event - b.event || a.arrival - b.arrival);
    const news: Sighting[] = [];
    for (const fix of all) {
      const before = this.loaded.get(fix.device);
      if (before !== undefined && !isNewer(fix, before)) continue;
      this.loaded.set(fix.device, fix);
      news.push(fix);
    }
    this.waiting.add(news);
    if (this.by === 'arrival') this.waitingLate.add(late);
    this.edge = at;
  }

  /** Applies what changes up to a moment, in order, and gives it. */
  advance(to: Instant): readonly Sighting[] {
    const changes = this.waiting.upTo(to);
    for (const fix of changes) {
      const vehicle = this.vehicles.get(fix.device);
      if (vehicle === undefined) this.vehicles.set(fix.device, new Vehicle(fix));
      else vehicle.take(fix);
    }
    return changes;
  }

  /** Mends the trails by what has come too late up to a moment, and gives it. */
  lateUpTo(to: Instant): readonly Sighting[] {
    const late = this.waitingLate.upTo(to);
    for (const fix of late) this.vehicles.get(fix.device)?.mend(fix);
    return late;
  }
}
