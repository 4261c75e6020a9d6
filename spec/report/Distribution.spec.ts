import { expect } from 'chai';
import fc from 'fast-check';
import { Distribution } from '../../src/report/Distribution.js';

function figuresOf(millis: readonly number[]) {
  const distribution = new Distribution();
  for (const each of millis) distribution.record(each);
  return distribution.figures();
}

/** The one that stands, rounded, at `percent` of the sorted: as HDR histograms define it. */
const percentile = (sorted: readonly number[], percent: number) =>
  sorted[Math.max(1, Math.floor((percent / 100) * sorted.length + 0.5)) - 1]!;

describe('Distribution', () => {
  it('should have no figures of nothing', () => {
    expect(figuresOf([])).to.equal(undefined);
  });

  it('should give one duration as every figure', () => {
    const figures = figuresOf([12.5]);
    expect(figures).to.include({ mean: 12.5, max: 12.5 });
    for (const p of [figures?.p50, figures?.p95, figures?.p99]) expect(p).to.be.closeTo(12.5, 0.0125);
  });

  it('should record a duration of zero as zero', () => {
    expect(figuresOf([0, 0])).to.deep.equal({ mean: 0, p50: 0, p95: 0, p99: 0, max: 0 });
  });

  it('should keep an exact mean and maximum', () => {
    expect(figuresOf([1.23456789, 100.987654321, 3])).to.include({ mean: (1.23456789 + 100.987654321 + 3) / 3, max: 100.987654321 });
  });

  it('should not lose one slow among a thousand fast', () => {
    const figures = figuresOf([...Array<number>(999).fill(1), 60_000]);
    expect(figures?.max).to.equal(60_000);
    expect(figures?.p99).to.be.closeTo(1, 0.001);
    expect(figures?.mean).to.be.closeTo(60.999, 1e-9);
  });

  it('should tell nanoseconds from days', () => {
    const day = 86_400_000;
    const figures = figuresOf([0.00002, 0.00002, 0.00002, day]);
    expect(figures?.p50).to.be.closeTo(0.00002, 1e-7);
    expect(figures?.p99).to.be.closeTo(day, day / 1000);
  });

  it('should be right to 0.1 % about percentiles', () => {
    const durations = fc.array(fc.double({ min: 0.001, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(durations, (millis) => {
        const sorted = [...millis].sort((one, other) => one - other);
        const { p50, p95, p99, max, mean } = figuresOf(millis)!;
        for (const [percent, given] of [[50, p50], [95, p95], [99, p99]] as const) {
          const exact = percentile(sorted, percent);
          expect(given).to.be.closeTo(exact, exact / 1000 + 1e-6);
        }
        expect(max).to.equal(sorted.at(-1));
        expect(mean).to.be.closeTo(millis.reduce((sum, each) => sum + each, 0) / millis.length, 1e-9 * max);
        expect([p50, p95, p99, max]).to.deep.equal([p50, p95, p99, max].sort((one, other) => one - other));
      }),
    );
  });

  it('should share nothing with another', () => {
    figuresOf([1000]);
    expect(figuresOf([1])?.max).to.equal(1);
  });
});
