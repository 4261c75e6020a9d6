import { expect } from 'chai';
import fc from 'fast-check';
import { unwrapped } from '../../../src/page/map/unwrapped.js';

const turned = (longitude: number) => longitude - 360 * Math.round(longitude / 360);

describe('unwrapped', () => {
  it('should leave a line as it is that does not cross the date line', () => {
    expect(unwrapped([[10, 1], [20, 1], [20, 9], [10, 1]])).to.deep.equal([[[1, 10], [1, 20], [9, 20], [1, 10]]]);
  });

  it('should go on beyond the date line, whichever way a line crosses it', () => {
    expect(unwrapped([[160, 1], [-170, 1], [-170, 9], [160, 1]])).to.deep.equal([[[1, 160], [1, 190], [9, 190], [1, 160]]]);
    expect(unwrapped([[-170, 1], [175, 1], [175, 9], [-170, 1]])).to.deep.equal([[[1, -170], [1, -185], [9, -185], [1, -170]]]);
  });

  it('should close along the pole what goes around it, and leave the pole itself away', () => {
    const around = unwrapped([[-180, -70], [-90, -75], [0, -70], [90, -75], [180, -70], [-180, -70]]);
    expect(around).to.deep.equal([[[-70, -180], [-75, -90], [-70, 0], [-75, 90], [-70, 180], [-70, 180], [-90, 180], [-90, -180]]]);
    expect(unwrapped([[-180, -89.999], [178, -89.999], [-180, -89.999]])).to.deep.equal([]);
  });

  it('should keep every place, without a step of more than half the way around, about the middle of the map', () => {
    const steps = fc.array(fc.tuple(fc.double({ min: -170, max: 170, noNaN: true }), fc.double({ min: -80, max: 80, noNaN: true })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(fc.property(fc.double({ min: -180, max: 180, noNaN: true }), steps, (start, all) => {
      let longitude = start;
      const ring = [[start, 0], ...all.map(([step, latitude]) => [turned(longitude += step), latitude]), [start, 0]];
      const [line] = unwrapped(ring);
      ring.forEach(([east, north], i) => {
        expect(line![i]![0]).to.equal(north);
        expect(Math.abs(turned(line![i]![1] - east!))).to.be.closeTo(0, 1e-9);
        if (i > 0) expect(Math.abs(line![i]![1] - line![i - 1]![1])).to.be.at.most(180 + 1e-9);
      });
      const longitudes = line!.map(([, east]) => east);
      expect(Math.abs(Math.min(...longitudes) + Math.max(...longitudes)) / 2).to.be.at.most(180 + 1e-9);
    }));
  });
});
