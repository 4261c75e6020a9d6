import { distance } from '../../domain/distance.js';
import type { Vehicle } from './Fleet.js';
import { freshness } from './freshness.js';
import type { Picture } from './Picture.js';

/** By what a list is sorted. */
export type Order = 'id' | 'age' | 'speed' | 'delay' | 'displacement';

/** Which devices a list shows. */
export type Kind = 'all' | 'moving' | 'standing' | 'ageing' | 'old' | 'late';

export interface ListingOptions {
  /** What the id or an extra column contains, in whatever case. */
  readonly wanted: string;
  readonly order: Order;
  readonly kind: Kind;
}

const LATE = 60e6; // µs of delay, from which on a fix came late
const byName = new Intl.Collator('en', { numeric: true });

/** Lists devices of one picture after another. Holds all their ids in order, so that they are sorted only when some come or go. */
export class Listing {
  private ids: string[] = [];
  /** The devices that they were taken of, which only become more. */
  private known: Picture['vehicles'] | undefined;

  /**
   * The ids of the devices that are wanted, in order: ids upwards, anything else from the largest down, what has no value
   * last, and equal ones by their ids.
   */
  of(picture: Pick<Picture, 'vehicles' | 'elsewhere' | 'at'>, { wanted, order, kind }: ListingOptions): readonly string[] {
    const { vehicles, at } = picture;
    this.update(vehicles);
    const text = wanted.trim().toLowerCase();
    const found =
      text === '' && kind === 'all'
        ? this.ids
        : this.ids.filter((device) => isOfKind(vehicles.get(device)!, kind, at) && matches(vehicles.get(device)!, text));
    if (order === 'id') return found;
    const valued = found.map((device) => ({ device, value: valueOf(vehicles.get(device)!, order, picture) }));
    return valued.sort((a, b) => b.value - a.value).map(({ device }) => device);
  }

  /** Takes the ids of these devices; those that are new are put in their places, which is quick where the others are in order. */
  private update(vehicles: Picture['vehicles']): void {
    if (vehicles === this.known && vehicles.size === this.ids.length) return;
    this.known = vehicles;
    const left = this.ids.filter((device) => vehicles.has(device));
    if (left.length === vehicles.size && left.length === this.ids.length) return;
    const known = new Set(left);
    const added = [...vehicles.keys()].filter((device) => !known.has(device)).sort(byName.compare);
    this.ids = [...left, ...added].sort(byName.compare);
  }
}

/** What a device is sorted by: µs of age or delay, its speed, or metres; -1 if that is unknown. */
export function valueOf({ latest }: Vehicle, order: Exclude<Order, 'id'>, { elsewhere, at }: Pick<Picture, 'elsewhere' | 'at'>): number {
  switch (order) {
    case 'age':
      return at - latest.event;
    case 'speed':
      return latest.speed ?? -1;
    case 'delay':
      return latest.arrival - latest.event;
    case 'displacement': {
      const there = elsewhere.get(latest.device);
      return there === undefined ? -1 : distance(latest, there);
    }
  }
}

function isOfKind(vehicle: Vehicle, kind: Kind, at: number): boolean {
  switch (kind) {
    case 'all':
      return true;
    case 'moving':
      return !vehicle.stands && freshness(vehicle.latest.event, at) !== 'old';
    case 'standing':
      return vehicle.stands;
    case 'late':
      return vehicle.latest.arrival - vehicle.latest.event >= LATE;
    case 'ageing':
    case 'old':
      return freshness(vehicle.latest.event, at) === kind;
  }
}

function matches({ latest: { device, extra } }: Vehicle, text: string): boolean {
  if (text === '' || device.toLowerCase().includes(text)) return true;
  for (const name in extra) if (extra[name]!.toLowerCase().includes(text)) return true;
  return false;
}
