import { expect } from 'chai';
import fc from 'fast-check';
import { extentOf } from '../../../src/page/map/extentOf.js';

const places = (...longitudes: readonly number[]) => longitudes.map((longitude, i) => ({ latitude: i, longitude }));
const wide = (...longitudes: readonly number[]) => {
  const { southWest: [, west], northEast: [, east] } = extentOf(places(...longitudes))!;
  return [west, east];
};

describe('extentOf', () => {
  it('should be of nothing where there is nothing', () => {
    expect(extentOf([])).to.equal(undefined);
  });

  it('should be the place itself where there is one', () => {
    expect(extentOf([{ latitude: -18, longitude: 178 }])).to.deep.equal({ southWest: [-18, 178], northEast: [-18, 178] });
  });

  it('should go over the date line where that is the shorter way', () => {
    expect(wide(178, -179)).to.deep.equal([178, 181]);
    expect(wide(-74, 2, 37)).to.deep.equal([-74, 37]);
    expect(wide(121, 174, -118)).to.deep.equal([121, 242]);
  });

  it('should show what is all around the Earth as people know it', () => {
    expect(wide(-170, -120, -74, 2, 37, 76, 140, 178)).to.deep.equal([-170, 178]);
  });

  it('should hold every place', () => {
    const longitude = fc.double({ min: -180, max: 180, noNaN: true });
    fc.assert(fc.property(fc.array(longitude, { minLength: 1, maxLength: 20 }), (all) => {
      const [west, east] = wide(...all) as [number, number];
      for (const each of all) expect([each, each + 360].some((turned) => turned >= west && turned <= east)).to.equal(true);
      expect(east - west).to.be.at.most(360);
    }));
  });
});
