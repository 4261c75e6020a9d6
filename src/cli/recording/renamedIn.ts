import type { Reading } from '../../index.js';

/** The extra columns that have other names in the log, by those. */
export function renamedIn(readings: readonly Reading[]): ReadonlyMap<string, string> {
  const all = readings.flatMap(({ columns }) => columns.extra).filter(({ name, was }) => name !== was);
  return new Map(all.map(({ name, was }) => [name, was]));
}
