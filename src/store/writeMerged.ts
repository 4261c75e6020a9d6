import { binaryArrays } from './binaryArrays.js';
import type { commitSql } from './commitSql.js';
import type { Queries } from './Database.js';
import type { DeviceMerge } from './DeviceMerge.js';
import type { JudgedRow } from './Merging.js';
import type { Merged } from './mergeRows.js';
import { VERDICTS } from '../domain/latest.js';
import type { StoreRow } from './StoreRow.js';

const { int2, int8, float8, timestamptz, text, jsonb } = binaryArrays;

/** Writes what came of rows: the new ones, the verdicts that change, and their devices. */
export async function writeMerged(queries: Queries, sql: ReturnType<typeof commitSql>, { merges }: Merged, batch: number): Promise<void> {
  const added = merges.flatMap(({ added }) => added);
  if (added.length > 0) await queries.query(sql.insertFixes, [...fixColumns(added), batch]);
  const corrected = merges.flatMap(({ corrected }) => corrected);
  if (corrected.length > 0) await queries.query(sql.correctFixes, [...keyColumns(corrected), verdicts(corrected), batch]);
  const changed = merges.filter(({ added, corrected }) => added.length > 0 || corrected.length > 0);
  if (changed.length > 0) await queries.query(sql.updateDevices, deviceColumns(changed));
}

function keyColumns(judged: readonly JudgedRow[]): Buffer[] {
  return [
    text(judged.map(({ row }) => row.device)),
    timestamptz(judged.map(({ row }) => row.arrival)),
    int8(judged.map(({ row }) => row.seq)),
  ];
}

function verdicts(judged: readonly JudgedRow[]): Buffer {
  return int2(judged.map(({ verdict }) => VERDICTS.indexOf(verdict)));
}

function fixColumns(judged: readonly JudgedRow[]): Buffer[] {
  const rows = judged.map(({ row }) => row);
  return [...keyColumns(judged), timestamptz(rows.map(({ event }) => event)), ...dataColumns(rows), verdicts(judged)];
}

function dataColumns(rows: readonly StoreRow[]): Buffer[] {
  return [
    float8(rows.map(({ lat }) => lat)),
    float8(rows.map(({ lon }) => lon)),
    float8(rows.map(({ speed }) => speed)),
    text(rows.map(({ written }) => written)),
    jsonb(rows.map(({ further }) => further)),
  ];
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
