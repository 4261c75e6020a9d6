import type { commitSql } from './commitSql.js';
import type { Queries } from './Database.js';
import { DeviceMerge } from './DeviceMerge.js';
import type { GroupedRows } from './GroupedRows.js';
import { lockDevices } from './lockDevices.js';
import { mergeOld } from './mergeOld.js';

/** What comes of rows, before it is written. */
export interface Merged {
  readonly merges: readonly DeviceMerge[];
  /** How many devices are new. */
  readonly made: number;
}

/**
 * Locks the devices of some rows and judges these, as if all rows had come in the order of their keys.
 *
 * @param rows such as are equal count once
 */
export async function mergeRows(
  queries: Queries,
  sql: ReturnType<typeof commitSql>,
  { ids, groups }: GroupedRows,
  isKnown: (device: string) => boolean,
): Promise<Merged> {
  const { records, made } = await lockDevices(queries, sql, ids, isKnown);
  const merges = records.map((record) => new DeviceMerge(record, groups.get(record.device_id)!));
  for (const merge of merges) if (!merge.isOld) merge.append();
  await mergeOld(queries, sql, merges.filter(({ isOld }) => isOld));
  return { merges, made };
}
