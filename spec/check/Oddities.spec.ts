import { expect } from 'chai';
import fc from 'fast-check';
import { Oddities } from '../../src/check/Oddities.js';
import { positionAt } from '../../src/check/positionAt.js';
import type { Fix } from '../../src/domain/fix.js';
import { batchOf } from '../../src/recording/batchOf.js';
import { fix } from '../support/fix.js';
import { judgedOf } from '../support/judgedOf.js';
import { update } from '../support/update.js';

const DAY = 86_400_000_000;
const oddities = (fixes: readonly Fix[]) => {
  const found = new Oddities();
  found.add(judgedOf(fixes.map((fix) => update(fix))));
  return found;
};
const behind = (days: number) => fix('a', { event: 0, arrival: days * DAY });
const places = (...positions: readonly (readonly [number, number])[]) =>
  positions.map(([latitude, longitude], event) => fix('a', { event, latitude: String(latitude), longitude: String(longitude) }));

describe('Oddities', () => {
  it('should count fixes at 0,0, however that is written, and none that is there by half', () => {
    const zeros = [['0', '0'], ['-0.000', '0.0'], ['.0', '0e5']];
    const others = [['0', '1'], ['1', '0'], ['0.0000001', '0'], ['0', '-1e-9']];
    expect(
      oddities([...zeros, ...others].map(([latitude, longitude]) => fix('a', { event: 1, latitude: latitude!, longitude: longitude! })))
        .atZero,
    ).to.equal(3);
  });

  it('should tell a week rollover, a second one, and a clock that is behind by anything else from 30 days on', () => {
    const found = oddities([7168, 7168 + 6.9, 7168 - 6.9, 2 * 7168, 7168 + 7.1, 3 * 7168, 30.1, 30, 0, -1].map(behind));
    expect(found.rollovers).to.equal(4);
    expect(found.behind).to.equal(3);
    expect(found.farthestBehind).to.deep.include({ by: 3 * 7168 * DAY, held: -Infinity });
    expect(oddities([behind(29)]).farthestBehind).to.equal(undefined);
  });

  it('should count positions that are exchanged, the fewer of a device, and none of one that only drives far', () => {
    const [here, there] = [[48.7, 9.7], [9.7, 48.7]] as const;
    expect(oddities(places(here, here, there, here)).exchanges.count).to.equal(1);
    expect(oddities(places(there, here, here, there, here)).exchanges.count).to.equal(2);
    expect(oddities(places(here, [48.8, 9.6], [52.5, 13.4], [-33, 151])).exchanges.count).to.equal(0);
    expect(oddities(places([10, 10.1], [10.1, 10], [10, 10.1])).exchanges.count, 'near the diagonal').to.equal(0);
  });
});

describe('positionAt', () => {
  it('should read the numbers that are there', () => {
    const number = fc.oneof(
      fc.double({ min: -90, max: 90, noNaN: true }).map(String),
      fc.constantFrom('+7', '-.5', '5.', '007.250', '1e1'),
    );
    fc.assert(
      fc.property(number, number, (latitude, longitude) => {
        const [y, x] = positionAt(batchOf([fix('a', { event: 0, latitude, longitude, extra: ['1'] })]), 0);
        expect(y).to.be.closeTo(Number(latitude), 1e-9);
        expect(x).to.be.closeTo(Number(longitude), 1e-9);
      }),
    );
  });
});
