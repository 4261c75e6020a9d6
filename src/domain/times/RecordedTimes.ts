import { parseInstant } from '../instant.js';
import type { TimeReader, TimeRead } from './TimeReader.js';
import { compilePattern } from './compilePattern.js';
import { fixedZone } from './fixedZone.js';
import { timeFault } from './timeFault.js';
import type { TimePattern } from './TimePattern.js';
import type { WallTime } from './WallTime.js';
import { writtenTime } from './writtenTime.js';
import { PLAIN, type Zone } from './Zone.js';
import { zoneNamed } from './zoneNamed.js';

export interface RecordedTimesOptions {
  /** How times are written, in date-fns' tokens, beside what is unambiguous. Default: in no other way. */
  readonly times?: readonly string[] | undefined;
  /** The zone of times that name none: an offset, or a name of the IANA database. Default: UTC. */
  readonly zone?: string | undefined;
}

const UTC = fixedZone(0);
const MINUTE = 60_000_000;
const NAMED = /[zZ]$|[+-]\d\d(?::?\d\d)?$/;
/** Where the zone of a time begins that `parseInstant` reads, at the earliest. */
const ZONE_AT = 16;

/**
 * Reads the times of a recording, each by itself: by the patterns that were given, in their order, then what `parseInstant`
 * and `writtenTime` read. A time that names no zone is one of the zone that its row says, or else of the one that was given.
 *
 * Holds the zones that it was asked about.
 */
export class RecordedTimes implements TimeReader {
  readonly patterns: readonly TimePattern[];
  readonly zone: Zone;
  readonly #zones = new Map<string, Zone>();

  /** @throws Error for a pattern or a zone that is not valid, as what follows its name */
  constructor({ times = [], zone }: RecordedTimesOptions = {}) {
    this.patterns = times.map(compilePattern);
    this.zone = zone === undefined ? UTC : zoneOf(zone);
  }

  read(text: string, zone: string): TimeRead | undefined {
    for (const pattern of this.patterns) {
      const found = pattern.read(text);
      if (found) return this.#placed(found, zone);
    }
    const instant = parseInstant(text);
    if (instant === undefined) {
      const found = writtenTime(text);
      return found && this.#placed(found, zone);
    }
    return NAMED.test(text.slice(ZONE_AT)) ? { instant, kind: PLAIN, isZoneless: false } : this.#placed({ wall: instant }, zone);
  }

  fault(text: string, zone: string): string {
    return timeFault(text, zone === '' || this.#zoneOf(zone) !== undefined ? undefined : zone);
  }

  #placed({ wall, offset, zone }: WallTime, said: string): TimeRead | undefined {
    if (offset !== undefined) return real({ instant: wall - offset * MINUTE, kind: PLAIN, isZoneless: false });
    const name = zone ?? said;
    const found = name === '' ? this.zone : this.#zoneOf(name);
    return found && real({ ...found.place(wall), isZoneless: name === '' });
  }

  #zoneOf(name: string): Zone | undefined {
    const known = this.#zones.get(name);
    if (known) return known;
    const zone = zoneNamed(name);
    if (zone) this.#zones.set(name, zone);
    return zone;
  }
}

function zoneOf(name: string): Zone {
  const zone = zoneNamed(name);
  if (zone) return zone;
  throw new Error('is not a time zone: give an offset like +05:30, or a name like Asia/Kolkata');
}

/** What can be told to the microsecond. */
function real(read: TimeRead): TimeRead | undefined {
  return Number.isSafeInteger(read.instant) ? read : undefined;
}
