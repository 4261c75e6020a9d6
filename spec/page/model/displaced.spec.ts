import { expect } from 'chai';
import fc from 'fast-check';
import { Vehicle } from '../../../src/page/model/Fleet.js';
import { displaced } from '../../../src/page/model/displaced.js';
import { sighting } from '../../../src/page/model/Sighting.js';
import { served } from '../support/served.js';

const EARTH = 6_371_008.8;
const near = fc.integer({ min: -1500, max: 1500 }).map((value) => value / 1e6); // degrees

describe('displaced', () => {
  it('should have those that are more than 100 m away, the furthest first', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(near, near), { maxLength: 20 }), (offsets) => {
        const here = (i: number) => sighting({ ...served(`d${i}`, 1), lat: 0, lon: 179.999 });
        const there = (i: number, [lat, lon]: readonly [number, number]) =>
          sighting({ ...served(`d${i}`, 2), lat, lon: 179.999 + lon > 180 ? 179.999 + lon - 360 : 179.999 + lon });
        const vehicles = new Map(offsets.map((_, i) => [`d${i}`, new Vehicle(here(i))]));
        const elsewhere = new Map(offsets.map((offset, i) => [`d${i}`, there(i, offset)]));
        const metres = offsets.map(([lat, lon]) => Math.hypot(lat, lon) * (Math.PI / 180) * EARTH); // flat, so near the equator
        const found = displaced({ vehicles, elsewhere });
        const expected = offsets.map((_, i) => i).filter((i) => metres[i]! > 100.001);
        expect(
          found.map(({ device }) => device).filter((device) => Math.abs(metres[Number(device.slice(1))]! - 100) > 0.001),
        ).to.have.members(expected.map((i) => `d${i}`));
        for (const [i, one] of found.entries()) if (i > 0) expect(one.metres).to.be.at.most(found[i - 1]!.metres);
      }),
    );
  });

  it('should have none of which one clock knows nothing', () => {
    const elsewhere = new Map([['a', undefined], ['b', sighting(served('b', 500))]]);
    expect(displaced({ vehicles: new Map([['a', new Vehicle(sighting(served('a', 1)))]]), elsewhere })).to.deep.equal([]);
  });
});
