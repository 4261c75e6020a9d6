import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { Aged, Clock, Fix, Moment, Answer } from '../../src/index.js';
import { oracle } from './oracle.js';

/** All that questions can be about: the fixes in the order of the stream. */
export interface Recorded {
  readonly fixes: readonly Fix[];
  /** The last arrival, of whatever it was. */
  readonly end: number | undefined;
  readonly extra: readonly string[];
}

/** What a whole run of a recording leaves behind, found in the recording alone. */
export function recorded(recording: string): Recorded {
  const { fixes, changes } = oracle(recording);
  const [header = []] = parse(changes, { to: 1 });
  return pastOf(fixes.map(({ row, arrival, event }) => fixOf(row, Number(arrival), Number(event))), lastOf(fixes), header.slice(6));
}

/** What the whole rows of a log and its late file hold, as they are now, or those of the log alone; it ends with the last of both. */
export function written(log: string, withLate = true): Recorded {
  const late = log.replace(/\.csv$/, '.late.csv');
  const [others, changes] = [existsSync(late) ? rowsOf(late) : [], rowsOf(log)];
  const header = changes[0]?.slice(6) ?? [];
  const fixesOf = (rows: readonly string[][]) =>
    rows.slice(1).map((row) => fixOf(row.slice(0, 6 + header.length), micros(row[0])!, micros(row[5])!));
  const [changed, other] = [fixesOf(changes), fixesOf(others)];
  const fixes = withLate ? [...changed, ...other] : changed;
  return pastOf(fixes.sort((a, b) => a.arrival - b.arrival), lastOf([...changed, ...other]), header);
}

/** The answer about a device: by filtering and looping over all fixes. */
export function slowAnswer(
  { fixes, end, extra }: Recorded,
  device: string,
  { at, by = 'arrival', knownAt = Infinity, maxAge = Infinity }: Moment,
): Answer {
  const own = fixes.filter((fix) => fix.device === device);
  const arrived = own.filter(({ arrival }) => arrival <= Math.min(knownAt, by === 'arrival' ? (at ?? Infinity) : Infinity));
  const taken = arrived.filter(({ event }) => by === 'arrival' || event <= (at ?? Infinity));
  const best = taken.reduce<Fix | undefined>((held, fix) => (held && fix.event <= held.event ? held : fix), undefined);
  if (best) {
    const asked = at ?? Math.min(end ?? best.arrival, knownAt);
    const age = asked - best.event;
    return { known: age <= maxAge * 1000 ? 'fix' : 'too old', fix: best, asked, age, extra };
  }
  if (own.length === 0) return { known: 'nothing' };
  if (arrived.length === 0)
    return {
      known: 'only later',
      by: 'arrival',
      asked: by === 'arrival' ? Math.min(at ?? Infinity, knownAt) : knownAt,
      first: least(own, 'arrival'),
    };
  return { known: 'only later', by: 'event', asked: at!, first: least(arrived, 'event') };
}

/** All devices, by their ids. */
export function fleet({ fixes }: Recorded): readonly string[] {
  return [...new Set(fixes.map(({ device }) => device))].sort();
}

/** The answers about all devices. */
export function slowAnswers(past: Recorded, moment: Moment): readonly Aged[] {
  return fleet(past)
    .map((device) => slowAnswer(past, device, moment))
    .filter((told): told is Aged => told.known === 'fix' || told.known === 'too old');
}

export interface Stretch {
  readonly by: Clock;
  readonly from?: number;
  readonly to?: number;
  readonly knownAt?: number;
  readonly copies?: boolean;
}

/** The fixes of a track, those that are equal by both clocks as they came; by event, unless copies are asked for, each once. */
export function slowTrack(
  { fixes }: Recorded,
  device: string,
  { by, from = -Infinity, to = Infinity, knownAt = Infinity, copies = by === 'arrival' }: Stretch,
): readonly Fix[] {
  const other = by === 'event' ? 'arrival' : 'event';
  const sorted = fixes
    .filter((fix) => fix.device === device && fix[by] >= from && fix[by] <= to && fix.arrival <= knownAt)
    .sort((a, b) => a[by] - b[by] || a[other] - b[other]);
  return copies ? sorted : sorted.filter((fix, i) => !ofItsMoment(sorted, i).some((before) => isCopy(fix, before)));
}

/** Those before one of some fixes in the order of their events, of the same moment. */
function ofItsMoment(sorted: readonly Fix[], i: number): readonly Fix[] {
  let first = i;
  while (first > 0 && sorted[first - 1]!.event === sorted[i]!.event) first--;
  return sorted.slice(first, i);
}

function isCopy(a: Fix, b: Fix): boolean {
  const same = (one: string, other: string) => Number(one) === Number(other) && (one === '') === (other === '');
  return a.event === b.event && same(a.latitude, b.latitude) && same(a.longitude, b.longitude) && same(a.speed, b.speed);
}

/** The kind of each fix of a whole run of a recording, and its times in whole µs. */
export function judgedKinds(recording: string): readonly { readonly event: number; readonly arrival: number; readonly kind: string }[] {
  const { changes, late } = oracle(recording);
  const [log, others] = [changes, late].map((text) => parse(text, { from: 2, relax_column_count: true }));
  const kindOf = (row: readonly string[], kind: string) => ({ arrival: micros(row[0])!, event: micros(row[5])!, kind });
  return [...log!.map((row) => kindOf(row, 'change')), ...others!.map((row) => kindOf(row, row.at(-2)!))];
}

/** Devices that are there, and one that is not. */
export const deviceOf = (past: Recorded): fc.Arbitrary<string> => fc.constantFrom('nobody', ...fleet(past));

/** Moments about a past: on, beside and between those of its fixes, by either clock. */
export const momentOf = (past: Recorded): fc.Arbitrary<Moment> =>
  fc.record(
    {
      at: instantOf(past),
      by: fc.constantFrom('event' as const, 'arrival' as const),
      knownAt: instantOf(past),
      maxAge: fc.constantFrom(0, 0.5, 1000, 60_000, 9e6),
    },
    { requiredKeys: [] },
  );

export const stretchOf = (past: Recorded): fc.Arbitrary<Stretch> =>
  fc
    .tuple(
      fc.constantFrom('event' as const, 'arrival' as const),
      fc.record({ from: instantOf(past), to: instantOf(past), knownAt: instantOf(past), copies: fc.constant(true) }, { requiredKeys: [] }),
    )
    .map(([by, stretch]) => ({ by, ...stretch }));

function instantOf({ fixes }: Recorded): fc.Arbitrary<number> {
  const instants = [0, ...fixes.flatMap(({ event, arrival }) => [event, arrival])];
  return fc
    .tuple(fc.nat({ max: instants.length - 1 }), fc.constantFrom(0, 0, 0, -1, 1, 500_000))
    .map(([i, beside]) => instants[i]! + beside);
}

function pastOf(fixes: readonly Fix[], end: number | undefined, extra: readonly string[]): Recorded {
  return { fixes, end, extra };
}

function fixOf(row: readonly string[], arrival: number, event: number): Fix {
  const [, device, latitude, longitude, speed, , ...extra] = row as [string, string, string, string, string, string];
  return { device, arrival, event, latitude, longitude, speed, extra };
}

function lastOf(fixes: readonly { readonly arrival: number | bigint }[]): number | undefined {
  return fixes.length === 0 ? undefined : fixes.reduce((last, { arrival }) => Math.max(last, Number(arrival)), -Infinity);
}

function least(fixes: readonly Fix[], clock: Clock): number {
  return fixes.reduce((first, fix) => Math.min(first, fix[clock]), Infinity);
}

/** µs of a time as a log has it. */
function micros(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(`${time.slice(0, 19)}Z`) * 1000 + Number(time.slice(20, 26));
}

/** The rows that are whole: up to the last line end that is not within quotes. */
function rowsOf(path: string): readonly string[][] {
  const text = readFileSync(path, 'utf8');
  let [end, within] = [0, false];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') within = !within;
    else if (text[at] === '\n' && !within) end = at + 1;
  }
  return parse(text.slice(0, end), { bom: true, record_delimiter: ['\r\n', '\n'], skip_empty_lines: true });
}
