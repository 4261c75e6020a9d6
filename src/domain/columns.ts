import { shown } from './shown.js';

/** Under which name each part of a fix stands in a header. An empty `speed` means there is no such column. */
export type ColumnNames = Readonly<Record<Part, string>>;
type Part = 'device' | 'latitude' | 'longitude' | 'event' | 'arrival' | 'speed';

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

/** Where each part of a fix stands in a row: positions from 0, -1 for a part that has no column. */
export interface Columns {
  readonly names: ColumnNames;
  readonly position: Readonly<Record<Part, number>>;
  /** The columns that are no part of a fix, in their order. */
  readonly further: readonly { readonly name: string; readonly position: number }[];
  readonly count: number;
}

/**
 * Finds the columns of a fix by their names, in any order; all others are further columns.
 *
 * @throws Error if a column is missing, stands twice, or has a name that the log gives to another column.
 */
export function findColumns(header: readonly string[], names: ColumnNames = RECORDING_COLUMNS): Columns {
  const parts = Object.keys(names) as Part[];
  const wanted = parts.filter((part) => part !== 'speed' || names.speed !== '');
  const missing = wanted.filter((part) => !header.includes(names[part])).map((part) => names[part]);
  if (missing.length > 0) {
    throw new Error(`no column ${missing.join(', ')} in the header ${shown(header.join(','))}: rename it there, or say what it is called (--columns)`);
  }
  const own = new Set(wanted.map((part) => names[part]));
  if (own.size < wanted.length) throw new Error('two parts of a fix are to be read from one column: map each to its own (--columns)');
  const seen = new Set<string>();
  const twice = header.find((name) => seen.size === seen.add(name).size);
  if (twice !== undefined) throw new Error(`the column ${shown(twice)} stands twice in the header: rename one of them`);

  const further = header.map((name, position) => ({ name, position })).filter(({ name }) => !own.has(name));
  const taken = further.find(({ name }) => [...Object.values(LOG_COLUMNS), ...LATE_COLUMNS, AGE_COLUMN].includes(name));
  if (taken) throw new Error(`the further column ${shown(taken.name)} has the name of a column of the log: rename one of them`);

  const position = Object.fromEntries(parts.map((part) => [part, header.indexOf(names[part])]));
  if (names.speed === '') position['speed'] = -1;
  return { names, position: position as Columns['position'], further, count: header.length };
}

/**
 * Finds the columns of a fix in the header of a log, or of a late file, whose two last columns are left aside.
 *
 * @throws Error if it is neither.
 */
export function findLogColumns(header: readonly string[]): Columns {
  if (Object.values(LOG_COLUMNS).some((name) => !header.includes(name))) throw new Error(`this is no log of lastfix: its header is ${shown(header.join(','))}`);
  const isLate = header.slice(-LATE_COLUMNS.length).join() === LATE_COLUMNS.join();
  return { ...findColumns(isLate ? header.slice(0, -LATE_COLUMNS.length) : header, LOG_COLUMNS), count: header.length };
}
