import type { FoundCondition } from './findConditions.js';

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
/** What an answer of a store has after that. */
export const FINAL_COLUMN = 'final_until';

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
  /** How many columns a row has. */
  readonly count: number;
  /** How many it has at least: empty fields may be missing from the columns at the end that have no name. */
  readonly minCount: number;
  /** The names in the header. */
  readonly header: readonly string[];
}

/** Gives columns the names that they have in the log. */
export function named(columns: readonly Omit<ExtraColumn, 'name'>[], header: readonly string[]): ExtraColumn[] {
  const own = new Set(header);
  const taken = new Set([...Object.values(LOG_COLUMNS), ...LATE_COLUMNS, AGE_COLUMN, FINAL_COLUMN]);
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
