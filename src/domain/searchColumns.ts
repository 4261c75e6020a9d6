import { columnSpec, type ColumnRef } from './columnSpec.js';
import { named, type ColumnNames, type Columns, type Part } from './columns.js';

/** Which columns are asked for beside those of the parts. */
export interface FindColumnsOptions {
  /** The name of the one device that all rows are of: no column is looked for. */
  readonly device?: string | undefined;
  /** The names of the extra columns to keep. Default: all. */
  readonly keep?: readonly string[] | undefined;
  /** The names that need not be said: those of the layout. Default: `RECORDING_COLUMNS`. */
  readonly usual?: Partial<ColumnNames> | undefined;
}

/** Which parts a header lacks, and where those are that it has. */
export interface Lacking {
  readonly missing: readonly (Part | 'zone')[];
  readonly taken: readonly number[];
}

/** Finds the columns of a fix in a header, as `findColumns` does, or says which parts are missing. */
export function searchColumns(header: readonly string[], names: ColumnNames, { device, keep }: FindColumnsOptions = {}): Columns | Lacking {
  const index = new Map(header.map((name, at) => [name, at] as const).reverse());
  const loose = new Map(header.map((name, at) => [looselyNamed(name, at), at] as const).reverse());
  const at = (ref: ColumnRef) =>
    'number' in ref ? placeOf(ref.number, header) : (index.get(ref.name) ?? loose.get(looselyNamed(ref.name, 1)));
  const positionsOf = (part: Part | 'zone'): readonly (number | undefined)[] => {
    const text = names[part] ?? '';
    if (text === '' || (part === 'device' && device !== undefined)) return [];
    const whole = text.startsWith('"') ? undefined : index.get(text);
    return whole === undefined ? (columnSpec(text) ?? [undefined as never]).map(at) : [whole];
  };
  const parts = ['device', 'latitude', 'longitude', 'event', 'arrival', 'speed', 'zone'] as const;
  const positions = new Map(parts.map((part) => [part, positionsOf(part)] as const));
  const isMissing = (found: readonly unknown[], part: Part | 'zone') =>
    found.includes(undefined) || (found.length === 0 && isNeeded(part, device));
  const missing = parts.filter((part) => isMissing(positions.get(part)!, part));
  if (missing.length > 0) return { missing, taken: [...positions.values()].flat().filter((at) => at !== undefined) };
  return columnsAt(header, positions as ReadonlyMap<Part | 'zone', readonly number[]>, { names, device, keep });
}

interface Wanted extends FindColumnsOptions {
  readonly names: ColumnNames;
}

/** Where the column with a number stands, if there is one. */
function placeOf(number: number, header: readonly string[]): number | undefined {
  return number >= 1 && number <= header.length ? number - 1 : undefined;
}

function columnsAt(
  header: readonly string[],
  positions: ReadonlyMap<Part | 'zone', readonly number[]>,
  { names, device, keep }: Wanted,
): Columns {
  const event = positions.get('event')!;
  const of = (part: Part | 'zone') => positions.get(part)!;
  const isOneClock = of('arrival').join() === event.join();
  const used = (part: Part | 'zone') => (part === 'arrival' && isOneClock ? [] : of(part));
  const parts = [...positions.keys()];
  const calledOf = (part: Part | 'zone') => used(part).map((at) => (header[at] === '' ? `#${at + 1}` : header[at])).join('+');
  const called = Object.fromEntries(parts.filter((part) => part !== 'zone' || of(part).length > 0).map((part) => [part, calledOf(part)]));
  const own = new Set([...positions.values()].flat());
  const others = header.map((was, position) => ({ was, position })).filter(({ position }) => !own.has(position));
  const extra = named(others, header);
  const isSame = Object.entries(names).every(([part, name]) => called[part] === name);
  return {
    names: isSame ? names : (called as unknown as ColumnNames),
    position: Object.fromEntries(parts.map((part) => [part, used(part)[0] ?? -1])) as Columns['position'],
    joined: Object.fromEntries(parts.filter((part) => used(part).length > 1).map((part) => [part, used(part)])),
    ...(device === undefined ? {} : { device }),
    extra: keep === undefined ? extra : keptOf(extra, keep),
    count: header.length,
    minCount: header.findLastIndex((name, at) => name !== '' || own.has(at)) + 1,
    header,
  };
}

/** Of several extra columns those that are to be kept, by either name, in their order. */
function keptOf(extra: Columns['extra'], keep: readonly string[]): Columns['extra'] {
  const exact = new Set(keep);
  const loose = new Set(keep.map((name) => looselyNamed(name, 1)));
  return extra.filter(({ was, name }) => exact.has(was) || exact.has(name) || loose.has(looselyNamed(was, 1)));
}

/** A name without regard to case and surrounding blanks, and of the first column without the mark of a comment before it. */
function looselyNamed(name: string, at: number): string {
  const text = name.trim().toLowerCase();
  return at === 0 ? text.replace(/^#\s*/, '') : text;
}

function isNeeded(part: Part | 'zone', device: string | undefined): boolean {
  return part === 'device' ? device === undefined : part === 'latitude' || part === 'longitude' || part === 'event';
}
