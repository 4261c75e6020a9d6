import type { Timing } from '../../src/live/timetable.js';

/**
 * When each is due, by adding up one silence after the other, each from the last arrival so far to the next that is
 * later: what `timetable` is held against.
 */
export function slowTimetable(
  start: number,
  { rate = 1, maxGap = Infinity, from = -Infinity }: Timing,
  arrivals: readonly number[],
): number[] {
  const reached = arrivals.map((_, i) => Math.max(...arrivals.slice(0, i + 1)));
  const silences = reached.map((to, i) => {
    const before = reached[i - 1];
    if (before === undefined || to < from) return 0;
    return Math.min(to - Math.max(before, from), maxGap * 1000);
  });
  return arrivals.map((arrival, i) => {
    if (arrival < from) return -Infinity;
    const micros = silences.slice(0, i + 1).reduce((sum, silence) => sum + silence, 0);
    return start + micros / 1000 / rate;
  });
}
