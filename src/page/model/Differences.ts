import { displacement, type Displaced } from './displacement.js';
import type { Vehicle } from './Fleet.js';
import type { Sighting } from './Sighting.js';

type Vehicles = ReadonlyMap<string, Vehicle>;

/** The devices of which two fleets hold different fixes, with the fix of the other; kept up to date by what changes. */
export class Differences {
  readonly elsewhere = new Map<string, Sighting | undefined>();
  /** Those of them that are displaced. */
  readonly displaced = new Map<string, Displaced>();

  constructor(private readonly own: Vehicles, private readonly other: Vehicles) {}

  /** Compares the devices of some fixes again. */
  update(changes: readonly Sighting[]): void {
    for (const { device } of changes) {
      const [here, there] = [this.own.get(device)?.latest, this.other.get(device)?.latest];
      const isSame = here?.event === there?.event;
      if (isSame) this.elsewhere.delete(device);
      else this.elsewhere.set(device, there);
      const found = isSame ? undefined : displacement(here, there);
      if (found === undefined) this.displaced.delete(device);
      else this.displaced.set(device, found);
    }
  }
}
