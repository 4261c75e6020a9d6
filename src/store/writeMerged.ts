import { VERDICTS } from '../domain/latest.js';
import { binaryArrays } from './binaryArrays.js';
import type { commitSql } from './commitSql.js';
import type { Writing } from './Database.js';
import type { DeviceMerge } from './DeviceMerge.js';
import { dataColumns, fixColumns, keyColumns } from './fixColumns.js';
import type { GroupedRows } from './GroupedRows.js';
import type { Merged } from './mergeRows.js';
import type { JudgedRow } from './Merging.js';

const { int2, int8, timestamptz, text } = binaryArrays;

/** Writes what came of rows: the new ones, the verdicts that change, and their devices. Nothing of it is waited for. */
export function writeMerged(
  queries: Writing,
  sql: ReturnType<typeof commitSql>,
  grouped: GroupedRows,
  { merges }: Merged,
  batch: number,
): void {
  const added = merges.flatMap(({ added }) => added);
  const columns = () => (added.length === grouped.rows.length ? grouped.columns : fixColumns(added.map(({ row }) => row)));
  if (added.length > 0) queries.send(sql.insertFixes, [...columns(), verdicts(added), batch]);
  const corrected = merges.flatMap(({ corrected }) => corrected);
  if (corrected.length > 0)
    queries.send(sql.correctFixes, [...keyColumns(corrected.map(({ row }) => row)), verdicts(corrected), batch]);
  const changed = merges.filter(({ added, corrected }) => added.length > 0 || corrected.length > 0);
  if (changed.length > 0) queries.send(sql.updateDevices, deviceColumns(changed));
}

function verdicts(judged: readonly JudgedRow[]): Buffer {
  return int2(judged.map(({ verdict }) => VERDICTS.indexOf(verdict)));
}

function deviceColumns(merges: readonly DeviceMerge[]): Buffer[] {
  const helds = merges.map(({ held }) => held!); // a device that has rows has a latest
  const more = merges.map((merge) => merge.more);
  return [
    text(merges.map(({ device }) => device)),
    timestamptz(helds.map(({ event }) => event)),
    timestamptz(helds.map(({ arrival }) => arrival)),
    int8(helds.map(({ seq }) => seq)),
    ...dataColumns(helds),
    timestamptz(merges.map(({ first }) => first)),
    timestamptz(merges.map(({ last }) => last.arrival)),
    int8(merges.map(({ last }) => last.seq)),
    int8(merges.map(({ added }) => added.length)),
    ...VERDICTS.map((_, i) => int8(more.map((counts) => counts[i]!))),
  ];
}
