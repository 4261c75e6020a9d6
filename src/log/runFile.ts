import { constants } from 'node:fs';
import { FileError } from '../csv/FileError.js';
import { ifMissing } from '../csv/ifMissing.js';
import { openRegular } from '../csv/openRegular.js';
import { counted } from '../domain/counted.js';
import { formatDuration } from '../domain/duration.js';
import { withoutZeros } from './withoutZeros.js';

const FORMAT = 1;
const ID = /^[0-9a-f-]{36}$/;
/** How a run file begins: its id is what is matched first. */
export const RUN_ID = new RegExp(`^\\{\\s*"lastfix_run": ${FORMAT},\\s*"id": "(${ID.source.slice(1, -1)})"`);
/** A message names so many differences, and shows so many characters of each: a run file may hold anything. */
const LISTED = 15;
const SHOWN = 80;
/** No run file has more bytes: most of it are the names of its inputs. */
const MAX_BYTES = 64 * 1024 * 1024;

/** What the rows of a run are made from, by name: its input, and what changes their content. JSON values. */
export type Origin = Readonly<Record<string, unknown>>;

/** What is kept beside the rows of a run, so that it can be resumed. */
export interface RunFile {
  /** No other run has the same. Runs of earlier versions have none. */
  readonly id?: string | undefined;
  /** Where the input was found: for people, since a file that was moved is the same input. */
  readonly input: string | null;
  readonly made_from: Origin;
  /** Whether all rows have been written. */
  readonly finished: boolean;
}

/** A run file as text: JSON. */
export function formatRunFile(run: RunFile): string {
  return `${JSON.stringify({ lastfix_run: FORMAT, ...run }, null, 2)}\n`;
}

/** Reads the run file at `path`, if there is one. @throws FileError if it is none of lastfix, or cannot be read. */
export async function readRunFile(path: string): Promise<RunFile | undefined> {
  const text = await textOf(path);
  if (text === '') return undefined; // which is what a power cut leaves of a file that was never synced
  const run = text === undefined ? undefined : parsed(text);
  if (run?.lastfix_run !== FORMAT || typeof (run.made_from as unknown) !== 'object' || (run.made_from as unknown) === null)
    throw new FileError(`${path} was not written by lastfix, or not by this version: move it away, or choose another --output`);
  return { ...run, id: typeof run.id === 'string' && ID.test(run.id) ? run.id : undefined };
}

/** What the file at a path holds, nothing if there is none; `undefined` if it is more than a run file can hold. */
async function textOf(path: string): Promise<string | undefined> {
  const file = await openRegular('read', path, constants.O_RDONLY).catch(ifMissing);
  if (!file) return '';
  try {
    if ((await file.stat()).size > MAX_BYTES) return undefined;
    return withoutZeros(await FileError.attempt('read', path, file.readFile('utf8')));
  } finally {
    await file.close();
  }
}

function parsed(text: string): (RunFile & { readonly lastfix_run: number }) | undefined {
  try {
    return JSON.parse(text) as RunFile & { lastfix_run: number };
  } catch {
    return undefined; // no JSON is no run file, which the caller says
  }
}

/** Makes sure that a run was made from the same as it is to be resumed with. @throws FileError that says what differs. */
export function checkOrigin(path: string, was: Origin, is: Origin): void {
  const [before, now] = [readingApart(was), readingApart(is)];
  const differing = Object.keys({ ...before, ...now })
    .filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(now[name] ?? null))
    .map((name) => difference(name, before[name], now[name]));
  if (differing.length === 0) return;
  const told = [...new Set(differing)];
  const all = [...told.slice(0, LISTED), ...(told.length > LISTED ? [`and ${told.length - LISTED} more`] : [])].join('; ');
  throw new FileError(
    `cannot resume ${path}: ${all}: give it the input and the options that it was begun with, or start anew without --resume`,
  );
}

/** An origin with what it says of how the inputs were read, which are layouts, each under a name of its own. */
function readingApart({ reading, ...origin }: Origin): Origin {
  const layouts = (Array.isArray(reading) ? reading : []) as readonly unknown[];
  const apart = layouts.flatMap((layout, i) =>
    Object.entries(layout ?? {}).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).map(([name, one]: [string, unknown]) => [`reading_${i}_${key}_${name}`, one] as const)
        : [[`reading_${i}_${key}`, value] as const],
    ),
  );
  return { ...origin, ...Object.fromEntries(apart) };
}

/** The options by their names in a run file, and how their values are written. */
const OPTIONS: Readonly<Record<string, readonly [option: string, written: (value: unknown) => string]>> = {
  max_clock_ahead_ms: ['--max-clock-ahead', (millis) => formatDuration(Number(millis))],
  max_clock_behind_ms: ['--max-clock-behind', (millis) => formatDuration(Number(millis))],
  where: ['--where', (conditions) => (conditions as readonly string[]).join(', ')],
  until: ['--until', String],
  coalesce: ['--coalesce', () => 'given'],
  rebased_by_seconds: ['--rebase', (seconds) => `by ${counted(Number(seconds), 'second')}`],
  speed_unit: ['--speed-unit', String],
  reading_device: ['--device', JSON.stringify],
  reading_times_event: ['--times of the event', JSON.stringify],
  reading_times_arrival: ['--times of the arrival', JSON.stringify],
  reading_zone_event: ['--zone of the event', String],
  reading_zone_arrival: ['--zone of the arrival', String],
  reading_delimiter: ['--delimiter', JSON.stringify],
  reading_decimal: ['--decimal', String],
  reading_header: ['--header', JSON.stringify],
  reading_skip: ['--skip', String],
  reading_encoding: ['--encoding', String],
  reading_sheet: ['--sheet', String],
  reading_speedUnit: ['--speed-unit', String],
  reading_keep: ['--keep', JSON.stringify],
};

/** What differs, in the words of the command line. */
function difference(name: string, was: unknown, is: unknown): string {
  if (name.startsWith('input_')) return 'the input is another, or was changed';
  const said = name.replace(/^reading_\d+_/, 'reading_');
  const [, part] = /^reading_columns_(\w+)$/.exec(said) ?? [];
  const found = Object.hasOwn(OPTIONS, said) ? OPTIONS[said] : undefined;
  if (!found)
    return `${cut(part === undefined ? name : `the column of ${part}`)} was ${cut(JSON.stringify(was ?? null))} and is ${cut(JSON.stringify(is ?? null))}`;
  const [option, written] = found;
  const told = (value: unknown) => (value === undefined || value === null || value === false ? 'not given' : cut(written(value)));
  return `${option} was ${told(was)} and is ${told(is)}`;
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
