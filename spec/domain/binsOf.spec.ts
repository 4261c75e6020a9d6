import { expect } from 'chai';
import fc from 'fast-check';
import { binsOf } from '../../src/domain/binsOf.js';
import { formatInstant, parseInstant } from '../../src/domain/instant.js';

const at = (text: string) => parseInstant(text)!;

describe('binsOf', () => {
  it('should cover a span with bins of the shortest step, which begin where a clock shows a whole number of it', () => {
    const minute = binsOf({ from: at('2021-10-23T12:30:03.385959Z'), to: at('2021-10-23T12:31:02.9Z') }, 2000);
    expect([formatInstant(minute.from), minute.step, minute.count]).to.deep.equal(['2021-10-23T12:30:03.000000Z', 1e6, 60]);
    const twoHours = binsOf({ from: at('2021-10-23T12:30:03Z'), to: at('2021-10-23T14:30:03Z') }, 1000);
    expect([formatInstant(twoHours.from), twoHours.step, twoHours.count]).to.deep.equal(['2021-10-23T12:30:00.000000Z', 10e6, 721]);
    const years = binsOf({ from: at('2011-06-01T00:00Z'), to: at('2021-06-01T00:00Z') }, 100);
    expect([formatInstant(years.from), years.step / 86_400e6, years.count]).to.deep.equal(['2011-05-06T00:00:00.000000Z', 50, 74]);
  });

  it('should never have more bins than were asked for, nor a step that is longer than it must be', () => {
    const instant = fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 });
    const near = fc.tuple(instant, fc.integer({ min: 0, max: 1e9 })).map(([from, length]): [number, number] => [from, from + length]);
    fc.assert(
      fc.property(fc.oneof(fc.tuple(instant, instant), near), fc.integer({ min: 2, max: 2000 }), ([a, b], max) => {
        const span = { from: Math.min(a, b), to: Math.max(a, b) };
        const { from, step, count } = binsOf(span, max);
        expect(count).to.be.within(1, max);
        expect(Math.abs(from % step)).to.equal(0);
        expect(from <= span.from && span.from < from + step).to.equal(true);
        expect(from + (count - 1) * step <= span.to && span.to < from + count * step).to.equal(true);
        // the step before is less than three times as short, and would have given more bins than asked for
        expect(step === 1e6 || (span.to - span.from) / (step / 2.5) + 2 > max).to.equal(true);
      }),
    );
  });

  it('should have none for a span that ends before it begins', () => {
    expect(binsOf({ from: 1_700_000, to: 1_699_999 }, 2)).to.deep.equal({ from: 1e6, step: 1e6, count: 0 });
  });

  it('should refuse fewer than two, which cannot cover every span', () => {
    expect(() => binsOf({ from: -1, to: 1 }, 1)).to.throw(RangeError, '1 is not a valid number of bins: give 2 or more');
    expect(() => binsOf({ from: 0, to: 1 }, NaN)).to.throw(RangeError, 'NaN is not a valid number of bins');
  });
});
