import type { PerClock, SpeedUnit } from '../../index.js';
import type { Condition } from '../../domain/findConditions.js';
import { shown } from '../../domain/shown.js';
import { compilePattern } from '../../domain/times/compilePattern.js';
import { zoneNamed } from '../../domain/times/zoneNamed.js';
import { durationOf, oneOf } from '../arguments.js';
import { UsageError } from '../UsageError.js';

/** The options that say what the values of a row mean, and which rows are to be fixes. */
export const ROW_OPTIONS = {
  times: { type: 'string', multiple: true },
  zone: { type: 'string', multiple: true },
  'speed-unit': { type: 'string' },
  where: { type: 'string', multiple: true },
  'max-clock-ahead': { type: 'string', default: '24h' },
  'max-clock-behind': { type: 'string' },
} as const;

/** What the help of a command says of them. */
export const ROW_HELP = `  --times PATTERN        how times are written, if it is not recognised, in the letters of date-fns, such as
                         'dd/MM/yyyy HH:mm:ss'; event=PATTERN or arrival=PATTERN for one clock only
  --zone ZONE            the zone of times without one, such as Asia/Kolkata or +05:30 (UTC); event=ZONE or
                         arrival=ZONE for one clock only
  --speed-unit UNIT      the unit of speeds: kn, km/h, m/s or mph; the log keeps the numbers as they are
  --where COLUMN=VALUE   take only rows with this value; given again for the same column, with any of the
                         values
  --max-clock-ahead D    reject a fix whose event time is later than its arrival time by more than this (24h)
  --max-clock-behind D   reject a fix whose event time is earlier by more than this, such as 365d, for clocks
                         that were set back`;

/** What was said with them. Durations in ms. */
export interface RowSettings {
  readonly times: PerClock<readonly string[]>;
  readonly zone: PerClock<string>;
  readonly speedUnit: SpeedUnit | undefined;
  readonly where: readonly Condition[];
  readonly maxClockAhead: number;
  readonly maxClockBehind: number;
}

/** The values of the options, as `parseArgs` gives them. */
export interface RowValues {
  readonly times?: readonly string[] | undefined;
  readonly zone?: readonly string[] | undefined;
  readonly 'speed-unit'?: string | undefined;
  readonly where?: readonly string[] | undefined;
  readonly 'max-clock-ahead': string;
  readonly 'max-clock-behind'?: string | undefined;
}

const UNITS = ['kn', 'km/h', 'm/s', 'mph'] as const satisfies SpeedUnit[];

/** Understands them. @throws UsageError if that cannot be done */
export function rowSettings(values: RowValues): RowSettings {
  const behind = values['max-clock-behind'];
  return {
    times: timesGiven(values.times ?? []),
    zone: zonesGiven(values.zone ?? []),
    speedUnit: values['speed-unit'] === undefined ? undefined : oneOf('--speed-unit', values['speed-unit'], UNITS),
    where: conditionsOf(values.where ?? []),
    maxClockAhead: durationOf('--max-clock-ahead', values['max-clock-ahead']),
    maxClockBehind: behind === undefined ? Infinity : durationOf('--max-clock-behind', behind),
  };
}

function timesGiven(texts: readonly string[]): PerClock<readonly string[]> {
  const given = texts.map(clockIn);
  for (const { value } of given) {
    try {
      compilePattern(value);
    } catch (cause) {
      throw new UsageError(`--times ${shown(value)} ${(cause as Error).message}`, { cause });
    }
  }
  const of = (clock: 'event' | 'arrival') =>
    given.filter((one) => one.clock === undefined || one.clock === clock).map(({ value }) => value);
  const [event, arrival] = [of('event'), of('arrival')];
  return { ...(event.length > 0 && { event }), ...(arrival.length > 0 && { arrival }) };
}

function zonesGiven(texts: readonly string[]): PerClock<string> {
  const given = texts.map(clockIn);
  for (const { value } of given)
    if (!zoneNamed(value))
      throw new UsageError(`--zone ${shown(value)} is not a time zone: give an offset like +05:30, or a name like Asia/Kolkata`);
  const of = (clock: 'event' | 'arrival') =>
    given.findLast((one) => one.clock === clock)?.value ?? given.findLast((one) => one.clock === undefined)?.value;
  const [event, arrival] = [of('event'), of('arrival')];
  return { ...(event !== undefined && { event }), ...(arrival !== undefined && { arrival }) };
}

/** `event=VALUE`, `arrival=VALUE`, or a value for both. */
function clockIn(text: string): { readonly clock: 'event' | 'arrival' | undefined; readonly value: string } {
  const [, clock, value = text] = /^(event|arrival)=(.*)$/s.exec(text) ?? [];
  return { clock: clock as 'event' | 'arrival' | undefined, value };
}

function conditionsOf(texts: readonly string[]): readonly Condition[] {
  const values = new Map<string, string[]>();
  for (const text of texts) {
    const [, column, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (column === undefined || value === undefined) throw new UsageError(`--where ${shown(text)} is not COLUMN=VALUE, such as valid=true`);
    values.set(column, [...(values.get(column) ?? []), value]);
  }
  return [...values].map(([column, values]) => ({ column, values }));
}
