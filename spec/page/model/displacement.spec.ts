import { expect } from 'chai';
import fc from 'fast-check';
import { displacement } from '../../../src/page/model/displacement.js';
import { sighting } from '../../../src/page/model/Sighting.js';
import { served } from '../support/served.js';

const EARTH = 6_371_008.8;
const near = fc.integer({ min: -1500, max: 1500 }).map((value) => value / 1e6); // degrees

describe('displacement', () => {
  it('should tell how far apart two places are that are more than 100 m apart, over the date line as well', () => {
    fc.assert(
      fc.property(near, near, (lat, lon) => {
        const here = sighting({ ...served('a', 1), lat: 0, lon: 179.999 });
        const there = sighting({ ...served('a', 2), lat, lon: 179.999 + lon > 180 ? 179.999 + lon - 360 : 179.999 + lon });
        const metres = Math.hypot(lat, lon) * (Math.PI / 180) * EARTH; // flat, so near the equator
        fc.pre(Math.abs(metres - 100) > 0.001);
        const found = displacement(here, there);
        if (metres < 100) expect(found).to.equal(undefined);
        else {
          expect(found).to.deep.include({ device: 'a', here, there });
          expect(found!.metres).to.be.closeTo(metres, 0.001);
        }
      }),
    );
  });

  it('should be none where one clock knows nothing', () => {
    const one = sighting(served('a', 1));
    expect([displacement(one, undefined), displacement(undefined, one)]).to.deep.equal([undefined, undefined]);
  });
});
