import { shown } from '../../domain/shown.js';
import type { Line } from './linesOf.js';
import { nmeaSentence } from './nmeaSentence.js';
import { nmeaDegrees } from './nmeaDegrees.js';
import type { FormatRow } from './Source.js';

/** How many fields a sentence has at least, so that none that is cut off is taken for a whole one. */
const FIELDS = { RMC: 9, GGA: 10 };
/** hhmmss, with fractions of a second. */
const CLOCK = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d|60)(\.\d*)?$/;
const DATE = /^(\d\d)(\d\d)(\d\d)$/;
/** In two digits, years from here on are of the 20th century: GPS began in 1980. */
const FIRST_YEAR = 80;
/** A moment ends after this number of lines that are no sentences. */
const MAX_BEHIND = 1000;
const [HALF_A_DAY, DAY] = [43_200, 86_400_000];

/** What the sentences of one moment say. */
interface Epoch {
  readonly clock: string;
  readonly lines: Line[];
  /** Which sentences of whom there are. */
  readonly seen: Set<string>;
  date?: string;
  fault?: string;
  fields: { lat: string; lon: string; speed: string; course: string; altitude: string; satellites: string; hdop: string };
}

/** Brings the RMC and GGA sentences of each moment together. Holds those of the last. */
export class NmeaEpochs {
  #epoch: Epoch | undefined;
  /** Lines that are no sentences, behind the first of the moment. */
  #behind: FormatRow[] = [];
  /** The last date that an RMC sentence named, and its time. */
  #day: { readonly date: string; readonly clock: string } | undefined;

  /** Takes in a line; gives the rows that are whole by it. */
  add(line: Line): FormatRow[] {
    const sentence = line.fault ?? nmeaSentence(line.text, Object.keys(FIELDS));
    if (sentence === undefined) return [];
    if (typeof sentence === 'string') return this.#inTurn(faulty(line, sentence));
    const { talker, fields } = sentence;
    const type = sentence.type as keyof typeof FIELDS;
    if (fields.length < FIELDS[type])
      return this.#inTurn(faulty(line, `${type} has ${fields.length} fields, and needs ${FIELDS[type]} at least: it is cut off`));
    const clock = fields[0]!;
    if (!CLOCK.test(clock)) return this.#inTurn(faulty(line, `the time ${shown(clock)} of ${type} is not hhmmss`));
    const isNext = this.#epoch && (secondsOf(this.#epoch.clock) !== secondsOf(clock) || this.#epoch.seen.has(talker + type));
    const before = isNext ? this.end() : [];
    const epoch = (this.#epoch ??= {
      clock,
      lines: [],
      seen: new Set(),
      fields: { lat: '', lon: '', speed: '', course: '', altitude: '', satellites: '', hdop: '' },
    });
    epoch.lines.push(line);
    epoch.seen.add(talker + type);
    if (type === 'RMC') takeRmc(epoch, fields);
    else takeGga(epoch, fields);
    if (epoch.date !== undefined) this.#day = { date: epoch.date, clock };
    return before;
  }

  /** The row of what has come last, if there is any. */
  end(): FormatRow[] {
    const epoch = this.#epoch;
    if (!epoch) return [];
    this.#epoch = undefined;
    const { lines, clock, fields } = epoch;
    const { lat, lon, speed, course, altitude, satellites, hdop } = fields;
    const date = epoch.date ?? this.#dateAt(clock);
    const row = { line: lines[0]!.line, raw: lines.map(({ text }) => text).join('\n') };
    const fault = epoch.fault ?? (date === undefined ? 'GGA names no date, and no RMC sentence stands before it' : undefined);
    const time = date === undefined ? '' : `${date}T${clock.slice(0, 2)}:${clock.slice(2, 4)}:${clock.slice(4).replace(/\.$/, '')}Z`;
    const whole = { ...row, fields: [time, lat, lon, speed, course, altitude, satellites, hdop] };
    const rows = [fault === undefined ? whole : { ...whole, fault }, ...this.#behind];
    this.#behind = [];
    return rows;
  }

  /** A row of its own, behind that of the moment if there is one. */
  #inTurn(row: FormatRow): FormatRow[] {
    if (!this.#epoch) return [row];
    this.#behind.push(row);
    return this.#behind.length < MAX_BEHIND ? [] : this.end();
  }

  /** The day of a time behind that of the last RMC sentence: the next one, if the clock has begun anew. */
  #dateAt(clock: string): string | undefined {
    if (!this.#day) return undefined;
    const { date, clock: then } = this.#day;
    const days = secondsOf(then) - secondsOf(clock) > HALF_A_DAY ? 1 : 0;
    return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
  }
}

/** Time, status, latitude, N or S, longitude, E or W, speed, course, date. */
function takeRmc(epoch: Epoch, [, status, latitude, ns, longitude, ew, speed = '', course = '', day = '']: readonly string[]): void {
  const date = dateOf(day);
  if (date !== undefined) epoch.date = date;
  if (status !== 'A') epoch.fault = `RMC has the status ${shown(status!)}: the receiver has no fix`;
  else if (date === undefined) epoch.fault = `the date ${shown(day)} of RMC is not a day, as ddmmyy`;
  else epoch.fields = { ...epoch.fields, lat: nmeaDegrees(latitude!, ns!), lon: nmeaDegrees(longitude!, ew!), speed, course };
}

/** The date of ddmmyy, if it is one. */
function dateOf(day: string): string | undefined {
  const [, date, month, year] = DATE.exec(day) ?? [];
  const text = `${Number(year) < FIRST_YEAR ? '20' : '19'}${year!}-${month!}-${date!}`;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text) ? text : undefined;
}

/** Time, latitude, N or S, longitude, E or W, quality, satellites, HDOP, altitude, its unit. */
function takeGga(epoch: Epoch, fields: readonly string[]): void {
  const [, latitude, ns, longitude, ew, quality, satellites = '', hdop = '', altitude = ''] = fields;
  if (quality === '0' || quality === '') epoch.fault ??= `GGA has the quality ${shown(quality)}: the receiver has no fix`;
  const place = epoch.fields.lat === '' ? { lat: nmeaDegrees(latitude!, ns!), lon: nmeaDegrees(longitude!, ew!) } : {};
  epoch.fields = { ...epoch.fields, ...place, satellites, hdop, altitude };
}

function faulty({ line, text }: Line, fault: string): FormatRow {
  return { fields: [], line, raw: text, fault };
}

/** The second of the day, of hhmmss.sss. */
function secondsOf(clock: string): number {
  const [, hours, minutes, seconds, fraction = ''] = CLOCK.exec(clock)!;
  return (Number(hours) * 60 + Number(minutes)) * 60 + Number(`${seconds!}${fraction}`);
}
