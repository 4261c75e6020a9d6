import type { FoundCondition } from './findConditions.js';
import { shown } from './shown.js';

/**
 * From which columns each part of a fix is read, by their names: an empty one means that there is none. As messages call them.
 * `zone` is a column that holds the offset or the zone of the times in its row.
 */
export type ColumnNames = Readonly<Record<Part, string>> & { readonly zone?: string };
export type Part = 'device' | 'latitude' | 'longitude' | 'event' | 'arrival' | 'speed';

/** The names in a recording, unless they are mapped to others. */
export const RECORDING_COLUMNS: ColumnNames = {
  device: 'device_fk_id',
  latitude: 'latitude',
  longitude: 'longitude',
  event: 'time_stamp',
  arrival: 'sts',
  speed: 'speed',
};

/** The names in a log that lastfix wrote. */
export const LOG_COLUMNS: ColumnNames = {
  arrival: 'time',
  device: 'device_id',
  latitude: 'lat',
  longitude: 'lon',
  speed: 'speed',
  event: 'event_time',
};

/** The columns that a late file has after those of the log. */
export const LATE_COLUMNS = ['reason', 'latest_event_time'];
/** What an answer has after the columns of the log. */
export const AGE_COLUMN = 'age_seconds';

/** A column that is no part of a fix. */
export interface ExtraColumn {
  /** As the log calls it: its own name, or one that is still free if that is empty, stands twice, or is one of the log's. */
  readonly name: string;
  /** As the header calls it. */
  readonly was: string;
  readonly position: number;
}

/** Where each part of a fix stands in a row. */
export interface Columns {
  readonly names: ColumnNames;
  /** Positions from 0, of several columns that of the first; -1 for a part that has none. Without an arrival there is one clock. */
  readonly position: Readonly<Record<Part | 'zone', number>>;
  /** Of the parts that are read from several columns, whose fields are joined by a blank, the positions of all. */
  readonly joined: Readonly<Partial<Record<Part | 'zone', readonly number[]>>>;
  /** What must be in columns for a row to be a fix. Default: anything. */
  readonly where?: readonly FoundCondition[];
  /** The device of all rows, if it has no column. */
  readonly device?: string;
  /** The columns that are no part of a fix, in their order. */
  readonly extra: readonly ExtraColumn[];
  readonly count: number;
}

/** So many names of a header are told. */
const TOLD = 30;

/**
 * Finds the columns of a fix by their names, in any order; of two with one name it is the first. All others are
 * extra columns, which keep no recording from being read: those whose names cannot be kept get others.
 *
 * @throws Error if a column is missing, or one is to be two parts.
 */
export function findColumns(header: readonly string[], names: ColumnNames = RECORDING_COLUMNS): Columns {
  const parts = Object.keys(names) as Part[];
  const wanted = parts.filter((part) => part !== 'speed' || names.speed !== '');
  const missing = wanted.filter((part) => !header.includes(names[part]));
  if (missing.length > 0 && header.length === 1)
    throw new Error(`the header is one column, ${shown(header[0]!)}: lastfix reads CSV, with a header whose names are separated by commas`);
  if (missing.length > 0) throw new Error(missingColumns(missing, names, header));
  for (const part of wanted) {
    const other = wanted.find((one) => one !== part && names[one] === names[part]);
    if (other)
      throw new Error(
        `${part} and ${other} cannot both be read from the column ${shown(names[part])}: each part of a fix needs a column of its own (--columns)`,
      );
  }
  const position = {
    ...(Object.fromEntries(parts.map((part) => [part, wanted.includes(part) ? header.indexOf(names[part]) : -1])) as Record<Part, number>),
    zone: -1,
  };
  const own = new Set(Object.values(position));
  const others = header.map((was, position) => ({ was, position })).filter(({ position }) => !own.has(position));
  return { names, position, joined: {}, extra: named(others, header), count: header.length };
}

function missingColumns(missing: readonly Part[], names: ColumnNames, header: readonly string[]): string {
  const mapped = (Object.keys(names) as Part[])
    .filter((part) => names[part] !== RECORDING_COLUMNS[part] && !missing.includes(part))
    .map((part) => `${part}=${names[part]}`);
  const option = `--columns ${[...mapped, ...missing.map((part) => `${part}=NAME`)].join(',')}${missing.includes('speed') ? ' (speed= if there is none)' : ''}`;
  const more = header.length > TOLD ? ` and ${header.length - TOLD} more` : '';
  return `the header has no column ${missing.map((part) => `${shown(names[part])} (${part})`).join(', ')}: say which to read with ${option}; it has ${header
    .slice(0, TOLD)
    .map((name) => shown(name))
    .join(', ')}${more}`;
}

/** Gives columns the names that they have in the log. */
function named(columns: readonly Omit<ExtraColumn, 'name'>[], header: readonly string[]): ExtraColumn[] {
  const own = new Set(header);
  const taken = new Set([...Object.values(LOG_COLUMNS), ...LATE_COLUMNS, AGE_COLUMN]);
  const numbers = new Map<string, number>(); // where to go on, so that any number of equal names takes no time
  return columns.map(({ was, position }) => {
    const stem = was || `column_${position + 1}`;
    let name = stem;
    let number = numbers.get(stem) ?? 2;
    while (taken.has(name) || (name !== was && own.has(name))) name = `${stem}_${number++}`;
    numbers.set(stem, number);
    taken.add(name);
    return { name, was, position };
  });
}

/**
 * Finds the columns of a fix in the header of a log, or of a late file, whose two last columns are left aside.
 *
 * @throws Error if it is neither.
 */
export function findLogColumns(header: readonly string[]): Columns {
  const isLate = header.slice(-LATE_COLUMNS.length).join() === LATE_COLUMNS.join();
  const own = isLate ? header.slice(0, -LATE_COLUMNS.length) : header;
  const columns = Object.values(LOG_COLUMNS).every((name) => own.includes(name)) ? findColumns(own, LOG_COLUMNS) : undefined;
  if (!columns || columns.extra.some(({ name, was }) => name !== was && was !== ''))
    throw new Error(`this is not a log that lastfix wrote: its header is ${shown(header.join(','))}`);
  return { ...columns, count: header.length };
}
