import { expect } from 'chai';
import fc from 'fast-check';
import type { Fix } from '../../src/domain/fix.js';
import { isNewer, judgeFix, type Verdict } from '../../src/domain/latest.js';
import { fix } from '../support/fix.js';

const at = (event: number, given: Partial<Fix> = {}) => fix('a', { event, arrival: 9, speed: '7', extra: ['x', 'y'], ...given });

describe('judgeFix', () => {
  const JUDGED: readonly (readonly [what: string, held: Fix | undefined, fix: Fix, verdict: Verdict])[] = [
    ['the first of its device', undefined, at(5), 'change'],
    ['the first of its device, taken before 1970', undefined, at(-5), 'change'],
    ['one that was taken a microsecond later', at(5), at(6), 'change'],
    ['one that was taken later, of equal data', at(5), at(6, { arrival: 9 }), 'change'],
    ['one that was taken later and arrived before', at(5, { arrival: 9 }), at(6, { arrival: 8 }), 'change'],
    ['one that was taken a microsecond before', at(5), at(4), 'late'],
    ['one that was taken before, of other data', at(5), at(4, { latitude: '0' }), 'late'],
    ['one that was taken before and arrived later', at(5, { arrival: 8 }), at(4, { arrival: 9 }), 'late'],
    ['the very same', at(5), at(5), 'duplicate'],
    ['the same, sent again later', at(5, { arrival: 8 }), at(5, { arrival: 9 }), 'duplicate'],
    ['one of the same time, without a speed both', at(5, { speed: '', extra: [] }), at(5, { speed: '', extra: [] }), 'duplicate'],
    ['one of the same time and another latitude', at(5), at(5, { latitude: '0' }), 'conflict'],
    ['one of the same time and another longitude', at(5), at(5, { longitude: '0' }), 'conflict'],
    ['one of the same time and another speed', at(5), at(5, { speed: '8' }), 'conflict'],
    ['one of the same time, its speed written otherwise', at(5, { speed: '7' }), at(5, { speed: '7.0' }), 'duplicate'],
    [
      'one of the same time, its position written otherwise',
      at(5, { latitude: '-0', longitude: '1e1' }),
      at(5, { latitude: '0.0', longitude: '10' }),
      'duplicate',
    ],
    ['one of the same time, without a speed now', at(5, { speed: '0' }), at(5, { speed: '' }), 'conflict'],
    ['one of the same time, with a speed now', at(5, { speed: '' }), at(5), 'conflict'],
    ['one of the same time and another extra field', at(5), at(5, { extra: ['z', 'y'] }), 'duplicate'],
  ];
  for (const [what, held, fix, verdict] of JUDGED) {
    it(`should call ${what} a ${verdict}`.replace('a late', 'late'), () => {
      expect(judgeFix(held, fix)).to.equal(verdict);
    });
  }

  const history = fc.array(
    fc
      .record({
        event: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.maxSafeInteger()),
        arrival: fc.integer({ min: 0, max: 9 }),
        latitude: fc.constantFrom('1', '1.0'),
        longitude: fc.constantFrom('2', '-2'),
        speed: fc.constantFrom('', '0', '0.0'),
        note: fc.constantFrom('', 'x'),
      })
      .map(({ note, ...given }) => fix('a', { ...given, extra: [note, ''] })),
  );
  const data = ({ latitude, longitude, speed }: Fix) =>
    [latitude, longitude, speed].map((text) => (text === '' ? '?' : Number(text))).join();

  it('should see a change where the event time is greater than every one before, and only there', () => {
    fc.assert(
      fc.property(history, (fixes) => {
        let held: Fix | undefined;
        fixes.forEach((fix, count) => {
          const verdict = judgeFix(held, fix);
          const newest = fixes.slice(0, count).reduce((most, { event }) => Math.max(most, event), -Infinity);
          const first = fixes.find(({ event }) => event === newest);
          const expected =
            fix.event > newest ? 'change'
            : fix.event < newest ? 'late'
            : data(fix) === data(first!) ? 'duplicate'
            : 'conflict';
          expect(verdict).to.equal(expected);
          if (verdict === 'change') held = fix;
        });
      }),
    );
  });

  it('should leave what it judges as it is', () => {
    const [held, next] = [Object.freeze(at(5)), Object.freeze(at(6))];
    expect(judgeFix(held, next)).to.equal('change');
  });
});

describe('isNewer', () => {
  it('should find any fix newer than none', () => {
    expect(isNewer({ event: -5 }, undefined)).to.equal(true);
  });

  it('should go by the event time alone, to the microsecond', () => {
    expect(isNewer(at(6, { arrival: 1 }), at(5, { arrival: 9 }))).to.equal(true);
    expect(isNewer(at(5, { arrival: 9 }), at(6, { arrival: 1 }))).to.equal(false);
  });

  it('should not find one newer that was taken at the same time', () => {
    expect(isNewer(at(5, { arrival: 9, latitude: '0' }), at(5))).to.equal(false);
  });

  it('should find newer what is judged a change, and nothing else', () => {
    const events = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.maxSafeInteger());
    fc.assert(
      fc.property(events, fc.option(events, { nil: undefined }), (event, held) => {
        const heldFix = held === undefined ? undefined : at(held);
        expect(isNewer({ event }, heldFix)).to.equal(judgeFix(heldFix, at(event)) === 'change');
      }),
    );
  });
});
