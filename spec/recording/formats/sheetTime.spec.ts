import { expect } from 'chai';
import fc from 'fast-check';
import { sheetTime } from '../../../src/recording/formats/sheetTime.js';

const DAY = 86_400_000;
const [MARCH_1900, YEAR_10000] = [Date.UTC(1900, 2, 1), Date.UTC(10_000, 0)];
/** What Excel holds of a time: days since 1899-12-30, as a double. */
const serialOf = (millis: number) => 25_569 + millis / DAY;

describe('sheetTime', () => {
  it('should give every second of a day as it is, also if only 15 digits of it were written', () => {
    const day = Date.UTC(2021, 9, 23);
    const early = [];
    for (let second = 0; second < 86_400; second++) {
      const text = new Date(day + 1000 * second).toISOString();
      const serial = serialOf(day + 1000 * second);
      if (sheetTime(serial) !== text || sheetTime(Number(serial.toPrecision(15))) !== text) early.push(text);
    }
    expect(early).to.deep.equal([]);
  });

  it('should give every millisecond from March 1900 to the year 9999 as it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: MARCH_1900, max: YEAR_10000 - 1 }), (millis) => {
        expect(sheetTime(serialOf(millis))).to.equal(new Date(millis).toISOString());
      }),
      { numRuns: 5000 },
    );
  });

  it('should round what is finer than a millisecond', () => {
    expect(sheetTime(serialOf(Date.UTC(2021, 9, 23)) + 0.000_499_9 / 86_400)).to.equal('2021-10-23T00:00:00.000Z');
    expect(sheetTime(serialOf(Date.UTC(2021, 9, 23)) - 0.000_499_9 / 86_400)).to.equal('2021-10-23T00:00:00.000Z');
  });

  it('should know the calendar of Excel, which has a 29 February 1900, and that of 1904', () => {
    expect([1, 59, 61].map((serial) => sheetTime(serial))).to.deep.equal([
      '1900-01-01T00:00:00.000Z',
      '1900-02-28T00:00:00.000Z',
      '1900-03-01T00:00:00.000Z',
    ]);
    expect([0, 1, 43_030.520_995_370_374].map((serial) => sheetTime(serial, true))).to.deep.equal([
      '1904-01-01T00:00:00.000Z',
      '1904-01-02T00:00:00.000Z',
      '2021-10-23T12:30:14.000Z',
    ]);
  });

  it('should give a time of no day as such, and what is not a time as the number that it is', () => {
    expect([0, 0.520_995_370_374].map((serial) => sheetTime(serial))).to.deep.equal(['00:00:00.000', '12:30:14.000']);
    expect([-1, -1e300, 2_958_466, 1e300, NaN].map((serial) => sheetTime(serial))).to.deep.equal([
      '-1',
      '-1e+300',
      '2958466',
      '1e+300',
      'NaN',
    ]);
    expect(sheetTime(2_958_465.999_999)).to.equal('9999-12-31T23:59:59.914Z');
  });
});
