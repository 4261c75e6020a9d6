import { PLAIN, REPEATED, SKIPPED, type Placed, type Zone } from './Zone.js';

const [SECOND, DAY] = [1_000_000, 86_400_000_000];
const OFFSET = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/**
 * A zone of the IANA time zone database, as `Intl` has it. What its clocks showed twice is the earlier of both; what they
 * never showed is as late after the change as it is by the clock before it: "compatible", as RFC 9557 and Temporal have it.
 *
 * Holds one number for each day of UTC that it was asked about.
 */
export class NamedZone implements Zone {
  readonly #format: Intl.DateTimeFormat;
  /** By the number of a day since 1970: by how much clocks were ahead of UTC when it began. */
  readonly #offsets = new Map<number, number>();

  /** @throws RangeError if there is no such zone */
  constructor(name: string) {
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  }

  place(wall: number): Placed {
    const day = Math.floor(wall / DAY);
    const before = this.#atStartOf(day - 1);
    const after = this.#atStartOf(day + 2);
    if (before === after && this.#atStartOf(day) === before && this.#atStartOf(day + 1) === before)
      return { instant: wall - before, kind: PLAIN };
    const [early, late] = [wall - before, wall - after].map((instant) => this.#offset(instant) === wall - instant);
    if (early) return { instant: wall - before, kind: late && before !== after ? REPEATED : PLAIN };
    return late ? { instant: wall - after, kind: PLAIN } : { instant: wall - before, kind: SKIPPED };
  }

  #atStartOf(day: number): number {
    let offset = this.#offsets.get(day);
    if (offset === undefined) this.#offsets.set(day, (offset = this.#offset(day * DAY)));
    return offset;
  }

  /** By how many microseconds clocks are ahead of UTC at an instant. */
  #offset(instant: number): number {
    const name = this.#format.formatToParts(Math.floor(instant / 1000)).find(({ type }) => type === 'timeZoneName')!.value;
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = OFFSET.exec(name) ?? [];
    const ahead = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * SECOND;
    return sign === '-' ? -ahead : ahead;
  }
}
