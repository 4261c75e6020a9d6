import { escaped } from '../../domain/shown.js';
import { padded } from '../text/padded.js';
import { widthOf } from '../text/widthOf.js';
import type { Told } from './Told.js';

/** How a log or a store is, for people. */
export function statusTable({ facts, table, problems }: Told): string {
  const rows = [...facts, ...problems.map((problem) => ['problem', problem] as const)];
  return [aligned(rows), ...(table.length > 0 ? [aligned(table)] : [])].join('\n');
}

/** Rows in columns that are as wide as their values. */
function aligned(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(escaped));
  const widths = cells[0]!.map((_, i) => Math.max(...cells.map((row) => widthOf(row[i]!))));
  return cells.map((row) => `${row.map((cell, i) => padded(cell, widths[i]!)).join('  ').trimEnd()}\n`).join('');
}
