import { binaryArrays } from './binaryArrays.js';
import type { StoreRow } from './StoreRow.js';

const { int8, float8, timestamptz, text, jsonb } = binaryArrays;

/** Rows as columns in PostgreSQL's binary format: their keys, event times and data, in the order of the statements. */
export function fixColumns(rows: readonly StoreRow[]): Buffer[] {
  return [...keyColumns(rows), timestamptz(rows.map(({ event }) => event)), ...dataColumns(rows)];
}

/** What tells a row from others. */
export function keyColumns(rows: readonly StoreRow[]): Buffer[] {
  return [text(rows.map(({ device }) => device)), timestamptz(rows.map(({ arrival }) => arrival)), int8(rows.map(({ seq }) => seq))];
}

/** What is known of the position. */
export function dataColumns(rows: readonly StoreRow[]): Buffer[] {
  return [
    float8(rows.map(({ lat }) => lat)),
    float8(rows.map(({ lon }) => lon)),
    float8(rows.map(({ speed }) => speed)),
    text(rows.map(({ written }) => written)),
    jsonb(rows.map(({ further }) => further)),
  ];
}
