import type { Fix } from '../domain/fix.js';
import type { FixTable } from './FixTable.js';

export const FIXES_A_BATCH = 1024;

/** Takes the fixes out of a table, in its order; a table of none gives an empty batch. */
export function* takeBatches(table: FixTable): Generator<readonly Fix[], void, undefined> {
  const { rows } = table;
  for (let at = 0; at === 0 || at < rows; at += FIXES_A_BATCH) {
    yield table.fixes(at, Math.min(at + FIXES_A_BATCH, rows));
  }
  table.clear();
}
