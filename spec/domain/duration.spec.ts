import { expect } from 'chai';
import fc from 'fast-check';
import { formatDuration, parseDuration } from '../../src/domain/duration.js';

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
  '',
  ' ',
  's',
  'ms',
  '2',
  '0',
  '2 s',
  ' 2s',
  '2s ',
  '2s\n',
  '-2s',
  '+2s',
  '2S',
  '2M',
  '2sec',
  '2w',
  '2y',
  '1h30m',
  '.5s',
  '5.s',
  '1,5s',
  '1.2.3s',
  '1e3s',
  '0x10s',
  '1_000s',
  'PT2S',
  'Infinitys',
  'NaNs',
  '٣s',
  '2constructor',
  '2toString',
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
    const equal: readonly (readonly [unit: string, inSmaller: number, smaller: string])[] = [
      ['s', 1000, 'ms'],
      ['m', 60, 's'],
      ['h', 60, 'm'],
      ['d', 24, 'h'],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...equal), fc.nat({ max: 10_000 }), ([unit, inSmaller, smaller], amount) => {
        expect(parseDuration(`${amount}${unit}`)).to.equal(parseDuration(`${amount * inSmaller}${smaller}`));
      }),
    );
  });
});

describe('formatDuration', () => {
  for (const [text, millis] of [
    ['0s', 0],
    ['1ms', 1],
    ['14999ms', 14_999],
    ['0.25ms', 0.25],
    ['1s', 1000],
    ['90s', 90_000],
    ['5m', 300_000],
    ['90m', 5_400_000],
    ['24h', 86_400_000],
    ['36h', 129_600_000],
    ['2d', 172_800_000],
    ['31d', 2_678_400_000],
  ] as const) {
    it(`should write ${millis} ms as ${text}`, () => {
      expect(formatDuration(millis)).to.equal(text);
    });
  }

  it('should write what is read as the same', () => {
    fc.assert(fc.property(fc.nat({ max: 1e12 }), (millis) => { expect(parseDuration(formatDuration(millis))).to.equal(millis); }));
  });
});
