import { expect } from 'chai';
import { nearestFix } from '../../../src/page/map/nearestFix.js';
import { sighting } from '../../../src/page/model/Sighting.js';
import { served } from '../support/served.js';

const at = (longitude: number) => sighting({ ...served('late', 1), lat: 0, lon: longitude });
/** A world that is 3,600 px wide: a degree is 10 px, and the equator at 1,800 px. */
const FRAME = { scale: 3600, left: 0, top: 0, width: 4000, height: 3600 };

describe('nearestFix', () => {
  const fixes = [at(0), at(1), at(179.9)];

  it('should find the fix that is nearest to a point, and none that is further than a pointer is wide', () => {
    expect(nearestFix(fixes, FRAME, { x: 1803, y: 1800 })).to.equal(fixes[0]);
    expect(nearestFix(fixes, FRAME, { x: 1806, y: 1802 })).to.equal(fixes[1]);
    expect(nearestFix(fixes, FRAME, { x: 1805, y: 1813 })).to.equal(undefined);
    expect(nearestFix([], FRAME, { x: 1800, y: 1800 })).to.equal(undefined);
  });

  it('should find it in every copy of the world', () => {
    expect(nearestFix(fixes, { ...FRAME, left: -3600 }, { x: 5400, y: 1800 })).to.equal(fixes[0]);
    expect(nearestFix(fixes, FRAME, { x: -1, y: 1800 })).to.equal(fixes[2]);
  });
});
