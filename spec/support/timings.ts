import fc from 'fast-check';
import type { Timing } from '../../src/live/timetable.js';

const silence = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 60_000_000 }));
const backwards = fc.integer({ min: -90_000_000, max: -1 });

/** Arrival times in µs, with ties, silences, and fractions of a ms: sorted, or with some that come before the one above them. */
export const arrivals: fc.Arbitrary<number[]> = fc
  .tuple(
    fc.integer({ min: 0, max: 1e9 }),
    fc.oneof(fc.array(silence, { maxLength: 30 }), fc.array(fc.oneof({ arbitrary: silence, weight: 3 }, backwards), { maxLength: 30 })),
  )
  .map(([first, gaps]) => gaps.map((_, i) => gaps.slice(0, i).reduce((sum, gap) => sum + gap, first)));

/** Ways to play them: `from` before, among and after them. */
export const timings: fc.Arbitrary<Timing> = fc.record(
  {
    rate: fc.constantFrom(1, 2, 60, 0.5, 1000, 7.3),
    maxGap: fc.constantFrom(0, 1, 2000, 30_000, Infinity),
    from: fc.integer({ min: 0, max: 1.2e9 }),
  },
  { requiredKeys: [] },
);
