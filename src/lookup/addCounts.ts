import { COUNTS } from './countFormat.js';
import type { PageViews } from './Pages.js';

/** How many rows there are in each bin, of each kind in the order of `VERDICTS`. */
export type BinCounts = readonly Float64Array[];

/**
 * Adds the counts of a page to the bins that they are in.
 *
 * @param at where the page is held, in bytes
 * @param bins how many there are
 * @param units how many units of the page a bin has, and that with which the first bin begins
 * @param kinds those that a record has
 * @returns whether what comes after the page may be in a bin, too
 */
export function addCounts(
  { bytes, doubles, u32s }: PageViews,
  at: number,
  bins: number,
  units: { readonly perBin: number; readonly first: number },
  kinds: readonly number[],
  counts: BinCounts,
): boolean {
  const end = at + COUNTS.records + u32s[at / 4 + COUNTS.U32.bytes]!;
  let unit = doubles[at / 8 + COUNTS.unit]! - units.first;
  for (let place = at + COUNTS.records; place < end; ) {
    let byte = bytes[place++]!;
    let number = byte % 128;
    for (let scale = 128; byte >= 128; scale *= 128) number += ((byte = bytes[place++]!) % 128) * scale;
    unit += number;
    const bin = Math.floor(unit / units.perBin);
    if (bin >= bins) return false;
    for (const kind of kinds) {
      number = (byte = bytes[place++]!) % 128;
      for (let scale = 128; byte >= 128; scale *= 128) number += ((byte = bytes[place++]!) % 128) * scale;
      if (bin >= 0) counts[kind]![bin]! += number;
    }
  }
  return true;
}
