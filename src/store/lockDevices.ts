import { binaryArrays } from './binaryArrays.js';
import type { commitSql } from './commitSql.js';
import type { Queries } from './Database.js';
import type { DeviceRecord } from './records.js';

/** Devices that are locked. */
export interface Locked {
  readonly records: readonly DeviceRecord[];
  /** How many of them were not there. */
  readonly made: number;
}

/**
 * Locks devices until the transaction ends, and makes those that are not there.
 *
 * Both are done in one order, so that no two writers ever wait for each other.
 *
 * @param ids in the order of the collation "C"
 * @param isKnown whether a device need not be made: it is there, as far as is known
 */
export async function lockDevices(
  queries: Queries,
  sql: ReturnType<typeof commitSql>,
  ids: readonly string[],
  isKnown: (id: string) => boolean,
): Promise<Locked> {
  const all = binaryArrays.text(ids);
  const make = async (missing: readonly string[]) =>
    missing.length === 0 ? 0 : (await queries.query(sql.newDevices, [binaryArrays.text(missing)])).affected;
  const lock = async () => (await queries.query<DeviceRecord>(sql.lockDevices, [all])).rows;
  let made = await make(ids.filter((id) => !isKnown(id)));
  let records = await lock();
  if (records.length < ids.length) { // somebody has deleted what was known
    const found = new Set(records.map(({ device_id }) => device_id));
    made += await make(ids.filter((id) => !found.has(id)));
    records = await lock();
  }
  return { records, made };
}
