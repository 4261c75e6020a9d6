import type { Timing } from '../../src/live/timetable.js';

/** When each is due, by adding up one silence after the other: what `timetable` is held against. */
export function slowTimetable(start: number, { rate = 1, maxGap = Infinity, from = -Infinity }: Timing, arrivals: readonly number[]): number[] {
  const silences = arrivals.map((arrival, i) => {
    const before = arrivals[i - 1];
    if (before === undefined || arrival < from) return 0;
    return Math.min(arrival - Math.max(before, from), maxGap * 1000);
  });
  return arrivals.map((arrival, i) => {
    if (arrival < from) return -Infinity;
    const micros = silences.slice(0, i + 1).reduce((sum, silence) => sum + silence, 0);
    return start + micros / 1000 / rate;
  });
}
