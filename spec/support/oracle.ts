import { parse } from 'csv-parse/sync';
import { parseISO } from 'date-fns/parseISO';

/** What the three files of a run must be, found out slowly: sort, loop, compare. */
export interface Expected {
  readonly changes: string;
  readonly late: string;
  /** Line and record of each rejected row: the words of the reasons are not the oracle's. */
  readonly rejected: readonly (readonly [line: string, record: string])[];
  readonly fixes: readonly OracleFix[];
}

export interface OracleFix {
  readonly row: readonly string[];
  readonly device: string;
  readonly arrival: bigint;
  readonly event: bigint;
  readonly data: string;
  readonly place: number;
}

const TIME = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?(Z|z|[+-]\d\d(?::?\d\d)?)?$/;
const NUMBER = /^(?=.{1,64}$)[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const DAY = 24n * 3_600_000_000n;

/** Judges a recording with the default columns in any order. */
export function oracle(text: string): Expected {
  // a return at the very end is a blank, which means nothing after a quote either
  const records = parse(text.replace(/\r$/, ''), {
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n'],
    ...(text.includes('"') ? { cast: (field, { quoting }) => (quoting ? field : field.trim()) } : {}),
  });
  // blanks mean nothing outside quotes; to cast each field takes five times as long
  const [head = [], ...rows] = text.includes('"') ? records : records.map((fields) => fields.map((field) => field.trim()));
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const at = (name: string) => head.indexOf(name);
  const own = ['device_fk_id', 'latitude', 'longitude', 'time_stamp', 'sts', 'speed'];
  const extra = head.filter((name) => !own.includes(name));

  const fixes: OracleFix[] = [];
  const rejected: [string, string][] = [];
  let next = 1;
  rows.forEach((fields, place) => {
    const start = next;
    next += fields.join().split('\n').length;
    const text = lines.slice(start, next).join('\n');
    const raw = next < lines.length ? text.replace(/\r$/, '') : text;
    if (raw === '') return;
    const [device, lat, lon, eventText, arrivalText, speed] = own.map((name) => fields[at(name)] ?? '');
    const [event, arrival] = [micros(eventText!), micros(arrivalText!)];
    const valid =
      fields.length >= head.length &&
      fields.slice(head.length).every((field) => field === '') &&
      device !== '' &&
      within(lat!, -90, 90) &&
      within(lon!, -180, 180) &&
      event !== undefined &&
      arrival !== undefined &&
      event - arrival <= DAY;
    if (!valid) {
      rejected.push([String(start + 1), raw]);
      return;
    }
    const others = extra.map((name) => fields[at(name)]!);
    const known = within(speed!, 0, Infinity) ? speed! : '';
    const row = [iso(arrival), device!, lat!, lon!, known, iso(event), ...others];
    const data = [lat!, lon!, known].map((measure) => (measure === '' ? 'unknown' : String(Number(measure)))).join();
    fixes.push({ row, device: device!, arrival, event, data, place });
  });
  fixes.sort((a, b) => (a.arrival < b.arrival ? -1 : a.arrival > b.arrival ? 1 : a.place - b.place));

  const changes: OracleFix[] = [];
  let [log, late] = [csv([...HEADER, ...extra]), csv([...HEADER, ...extra, 'reason', 'latest_event_time'])];
  for (const fix of fixes) {
    const held = changes.findLast(({ device }) => device === fix.device);
    if (held === undefined || fix.event > held.event) {
      changes.push(fix);
      log += csv(fix.row);
    } else {
      const reason = fix.event < held.event ? 'late' : fix.data === held.data ? 'duplicate' : 'conflict';
      late += csv([...fix.row, reason, iso(held.event)]);
    }
  }
  return { changes: log, late, rejected, fixes };
}

const HEADER = ['time', 'device_id', 'lat', 'lon', 'speed', 'event_time'];

/** Seconds since 1970, or else by date-fns to the millisecond (in UTC unless a zone is named), and by text below it. */
function micros(text: string): bigint | undefined {
  if (/^0([.,]0*)?$/.test(text)) return 0n;
  const [, whole, rest = ''] = /^(\d{9}|\d{10}|\d{12}|\d{13}|\d{15}|\d{16}|\d{18}|\d{19})(?:[.,](\d+))?$/.exec(text) ?? [];
  if (whole !== undefined) {
    const nanos = BigInt(`${whole}${rest.padEnd(9, '0').slice(0, 9)}`) / 10n ** BigInt(3 * Math.floor((whole.length - 9) / 3));
    return bounded(nanos / 1000n);
  }
  const [all, day, time, fraction = '', zone = 'Z'] = TIME.exec(text) ?? [];
  if (all === undefined || time!.startsWith('24') || time!.endsWith(':60')) return undefined;
  const millis = parseISO(`${day}T${time}${zone.toUpperCase()}`).getTime();
  const value = Number.isNaN(millis) ? undefined : BigInt(millis) * 1000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
  return value === undefined ? undefined : bounded(value);
}

function bounded(value: bigint): bigint | undefined {
  return value > -(2n ** 53n) && value < 2n ** 53n ? value : undefined;
}

function iso(at: bigint): string {
  const millis = Number(at / 1000n) - (at % 1000n < 0n ? 1 : 0);
  return new Date(millis).toISOString().replace('Z', `${String(Number(at - BigInt(millis) * 1000n)).padStart(3, '0')}Z`);
}

function within(text: string, least: number, most: number): boolean {
  return NUMBER.test(text) && Number.isFinite(Number(text)) && Number(text) >= least && Number(text) <= most;
}

function csv(fields: readonly string[]): string {
  return `${fields.map((field) => (/[",\n\r]|^\s|\s$/.test(field) ? `"${field.split('"').join('""')}"` : field)).join(',')}\n`;
}
