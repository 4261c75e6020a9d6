import { expect } from 'chai';
import fc from 'fast-check';
import { parseDuration } from '../../src/domain/duration.js';

const READ: readonly (readonly [text: string, millis: number])[] = [
  ['250ms', 250],
  ['2s', 2000],
  ['5m', 300_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
  ['1.5m', 90_000],
  ['0.5s', 500],
  ['0.25ms', 0.25],
  ['0s', 0],
  ['007s', 7000],
];

const REFUSED = [
  '', ' ', 's', 'ms', '2', '0', '2 s', ' 2s', '2s ', '2s\n', '-2s', '+2s', '2S', '2M', '2sec', '2w', '2y', '1h30m', '.5s', '5.s', '1,5s', '1.2.3s',
  '1e3s', '0x10s', '1_000s', 'PT2S', 'Infinitys', 'NaNs', '٣s', '2constructor', '2toString',
];

describe('parseDuration', () => {
  for (const [text, millis] of READ) {
    it(`should read ${text} as ${millis} ms`, () => {
      expect(parseDuration(text)).to.equal(millis);
    });
  }

  for (const text of REFUSED) {
    it(`should refuse ${JSON.stringify(text)}`, () => {
      expect(parseDuration(text)).to.equal(undefined);
    });
  }

  it('should read the same span in every unit it can be told in', () => {
    const equal: readonly (readonly [unit: string, inSmaller: number, smaller: string])[] = [['s', 1000, 'ms'], ['m', 60, 's'], ['h', 60, 'm'], ['d', 24, 'h']];
    fc.assert(
      fc.property(fc.constantFrom(...equal), fc.nat({ max: 10_000 }), ([unit, inSmaller, smaller], amount) => {
        expect(parseDuration(`${amount}${unit}`)).to.equal(parseDuration(`${amount * inSmaller}${smaller}`));
      }),
    );
  });
});
