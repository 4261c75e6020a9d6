import { expect } from 'chai';
import fc from 'fast-check';
import { binsOf } from '../../src/domain/binsOf.js';
import { VERDICTS } from '../../src/domain/latest.js';
import { CLOCKS } from '../../src/lookup/countFormat.js';
import type { Segment } from '../../src/lookup/Segment.js';
import { segmentOf, type IndexedRow } from './arbitraryRows.js';

const { MAX_SAFE_INTEGER: LAST } = Number;
const HOUR = 3600e6;

/** Rows whose times are spread over so much time, densely or sparsely: with more units of time than a page has room for. */
const spreadRows = fc
  .record({
    count: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 3000, max: 9000 })),
    spread: fc.constantFrom(2e6, HOUR, 30 * HOUR, 9000 * HOUR, LAST),
    seed: fc.nat(),
    kinds: fc.subarray([0, 1, 2, 3], { minLength: 1 }),
    outlier: fc.constantFrom(undefined, -LAST, LAST),
  })
  .map(({ count, spread, seed, kinds, outlier }): readonly IndexedRow[] => {
    const dice = diceOf(seed);
    const start = spread === LAST ? 0 : 1_634_990_000_123_456;
    return Array.from({ length: count }, (_, i) => ({
      device: `d${i % 7}`,
      event: i === 5 && outlier !== undefined ? outlier : start + Math.floor((dice() - (spread === LAST ? 0.5 : 0)) * spread),
      arrival: start + Math.floor((i / count) * spread),
      start: i * 10,
      bytes: 10,
      verdict: kinds[Math.floor(dice() ** 3 * kinds.length)]!,
    }));
  });

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function diceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('addCounts', () => {
  const found = (segments: readonly Segment[], by: (typeof CLOCKS)[number], bins: ReturnType<typeof binsOf>) => {
    const counts = VERDICTS.map(() => new Float64Array(bins.count));
    for (const segment of segments) segment.addCounts(by, bins, counts);
    return counts.map((kind) => Array.from(kind));
  };
  const expected = (rows: readonly IndexedRow[], by: (typeof CLOCKS)[number], { from, step, count }: ReturnType<typeof binsOf>) => {
    const counts = VERDICTS.map(() => new Array<number>(count).fill(0));
    for (const row of rows) {
      const bin = Number((BigInt(row[by]) - BigInt(from)) / BigInt(step));
      if (row[by] >= from && bin < count) counts[row.verdict ?? 0]![bin]!++;
    }
    return counts;
  };

  it('should count the rows of segments, wherever these are cut, in the bins of any span', () => {
    fc.assert(
      fc.property(spreadRows, fc.gen(), (rows, choose) => {
        const cut = choose(fc.nat, rows.length - 1);
        const parts = [rows.slice(0, cut), rows.slice(cut)].filter((part) => part.length > 0);
        const segments = parts.map((part) => segmentOf(part, 0, part[0]!.start));
        for (const by of CLOCKS) {
          const times = rows.map((row) => row[by]).sort((a, b) => a - b);
          const ends = [choose(fc.nat, rows.length - 1), choose(fc.nat, rows.length - 1)].sort((a, b) => a - b);
          for (const [from, to] of [[0, rows.length - 1], ends] as const) {
            const bins = binsOf({ from: times[from]!, to: times[to]! }, choose(fc.constantFrom<number[]>, 2, 3, 60, 500, 2000));
            expect(found(segments, by, bins)).to.deep.equal(expected(rows, by, bins));
            if (from === 0 && to === rows.length - 1)
              expect(found(segments, by, bins).flat().reduce((sum, count) => sum + count, 0)).to.equal(rows.length);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('should count none in no bins, nor in bins beside the rows', () => {
    const segment = segmentOf([{ device: 'a', event: 5e6, arrival: 7e6, start: 0, bytes: 1 }]);
    expect(found([segment], 'event', { from: 0, step: 1e6, count: 0 })).to.deep.equal([[], [], [], []]);
    expect(found([segment], 'event', { from: 0, step: 1e6, count: 5 })[0]).to.deep.equal([0, 0, 0, 0, 0]);
    expect(found([segment], 'event', { from: 5e6, step: 1e6, count: 2 })[0]).to.deep.equal([1, 0]);
    expect(found([segment], 'arrival', { from: 8e6, step: 1e6, count: 2 })[0]).to.deep.equal([0, 0]);
  });
});
