import { compareCodePoints } from './compareCodePoints.js';
import { fixColumns } from './fixColumns.js';
import { compareRows, type StoreRow } from './StoreRow.js';

/**
 * Rows by their devices, and as they are sent: all of a commit that does not depend on what the store has, so that it can be
 * made while the commit before is under way. Holds the rows, and each of them once more as bytes.
 */
export class GroupedRows {
  /** The ids of the devices in the order of the collation "C", and the rows of each in their order. */
  readonly ids: readonly string[];
  readonly groups: ReadonlyMap<string, readonly StoreRow[]>;
  /** The columns of all in that order, but for the verdicts. */
  readonly columns: readonly Buffer[];

  /** @param rows in any order, in which they are kept */
  constructor(readonly rows: readonly StoreRow[]) {
    const groups = new Map<string, StoreRow[]>();
    for (const row of rows) {
      const group = groups.get(row.device);
      if (group) group.push(row);
      else groups.set(row.device, [row]);
    }
    for (const group of groups.values()) group.sort(compareRows);
    this.ids = [...groups.keys()].sort(compareCodePoints);
    this.groups = groups;
    this.columns = fixColumns(this.ids.flatMap((id) => groups.get(id)!));
  }
}
