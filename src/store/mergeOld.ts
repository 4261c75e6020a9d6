import { binaryArrays } from './binaryArrays.js';
import type { commitSql } from './commitSql.js';
import type { Queries } from './Database.js';
import type { DeviceMerge } from './DeviceMerge.js';
import { Merging } from './Merging.js';
import { foundRow, type FixRecord } from './records.js';
import type { FoundRow, StoreRow } from './StoreRow.js';

/** How many rows of a device are read at first beyond as many as are new, and how many afterwards. */
const BEYOND = 8;
const MORE = 1024;

interface Open {
  readonly merge: DeviceMerge;
  readonly merging: Merging;
  /** From where on rows are to be read, that included, and how many. */
  from: Pick<StoreRow, 'arrival' | 'seq'>;
  most: number;
}

/**
 * Merges new rows into devices that have rows after the first of them: all devices at once, so that it takes a few
 * statements, however many they are.
 */
export async function mergeOld(queries: Queries, sql: ReturnType<typeof commitSql>, merges: readonly DeviceMerge[]): Promise<void> {
  if (merges.length === 0) return;
  const firsts = merges.map(({ rows }) => rows[0]!);
  const { rows: changes } = await queries.query<FixRecord>(sql.changesBefore, keysOf(merges, firsts));
  const before = new Map(changes.map((record) => [record.device_id, foundRow(record)]));
  let open: readonly Open[] = merges.map((merge, i) => ({
    merge,
    merging: new Merging(merge.rows, before.get(merge.device)),
    from: firsts[i]!,
    most: merge.rows.length + BEYOND,
  }));
  while (open.length > 0) {
    const mosts = binaryArrays.int8(open.map(({ most }) => most));
    const keys = keysOf(open.map(({ merge }) => merge), open.map(({ from }) => from));
    const { rows } = await queries.query<FixRecord>(sql.rowsFrom, [...keys, mosts]);
    const found = byDevice(rows.map(foundRow));
    open = open.filter((one) => isOpen(one, found.get(one.merge.device) ?? []));
  }
}

/** Merges what was read of a device. @returns whether more is to be read */
function isOpen(one: Open, found: readonly FoundRow[]): boolean {
  const last = found.at(-1);
  if (one.merging.take(found, found.length < one.most)) {
    one.from = { arrival: last!.arrival, seq: last!.seq + 1 };
    one.most = MORE;
    return true;
  }
  one.merge.merge(one.merging);
  return false;
}

function keysOf(merges: readonly DeviceMerge[], keys: readonly Pick<StoreRow, 'arrival' | 'seq'>[]): Buffer[] {
  return [
    binaryArrays.text(merges.map(({ device }) => device)),
    binaryArrays.timestamptz(keys.map(({ arrival }) => arrival)),
    binaryArrays.int8(keys.map(({ seq }) => seq)),
  ];
}

function byDevice(rows: readonly FoundRow[]): Map<string, FoundRow[]> {
  const all = new Map<string, FoundRow[]>();
  for (const row of rows) {
    const own = all.get(row.device);
    if (own) own.push(row);
    else all.set(row.device, [row]);
  }
  return all;
}
