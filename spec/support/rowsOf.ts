import type { Update } from '../../src/domain/latest.js';
import { RowBuffer } from '../../src/log/RowBuffer.js';
import { RowFormat } from '../../src/log/RowFormat.js';
import { judgedOf } from './judgedOf.js';

/** The rows of the log and of the late file that what became of fixes makes. */
export function rowsOf(...updates: readonly Update[]): { readonly changes: string; readonly late: string } {
  const [format, changes, late] = [new RowFormat(), new RowBuffer(), new RowBuffer()];
  const judged = judgedOf(updates);
  format.changes(judged, changes);
  format.others(judged, late);
  return { changes: changes.bytes.toString(), late: late.bytes.toString() };
}
