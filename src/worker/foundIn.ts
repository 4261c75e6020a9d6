import type { Instant } from '../domain/instant.js';
import type { Verdict } from '../domain/latest.js';
import type { Outcome } from '../store/commitSafely.js';
import type { Worked } from './Worked.js';

/**
 * What came of a commit of a worker. Adds its devices to those that were seen. Verdicts that are taken back are counted as
 * corrected, whoever committed them.
 */
export function foundIn(outcomes: readonly Outcome[], devices: Set<string>): Worked {
  const verdicts: Record<Verdict, number> = { change: 0, late: 0, duplicate: 0, conflict: 0 };
  let [settled, known, refused, corrected, rejected] = [0, 0, 0, 0, 0];
  let [first, last]: (Instant | undefined)[] = [];
  for (const { merged: { merges }, committed, refused: more } of outcomes) {
    settled += committed.rows.length + more;
    refused += more;
    rejected += committed.rejected.length - more;
    for (const { device, added, known: there, corrected: changed } of merges) {
      devices.add(device);
      for (const { verdict } of added) verdicts[verdict]++;
      known += there;
      corrected += changed.length;
    }
    for (const { arrival } of committed.rows) {
      if (first === undefined || arrival < first) first = arrival;
      if (last === undefined || arrival > last) last = arrival;
    }
  }
  const found = { verdicts, known, refused, corrected, devices: devices.size };
  return { settled, written: verdicts.change, due: new Float64Array(0), found, rejected, first, last };
}
