import { expect } from 'chai';
import { sidesCovered } from '../../../src/page/map/sidesCovered.js';

const box = (left: number, top: number, width: number, height: number) => ({ left, top, right: left + width, bottom: top + height });

describe('sidesCovered', () => {
  it('should have each box at the side where it takes the least, and of several the one that takes most', () => {
    const [zoom, fit, legend, ground] = [box(12, 28, 38, 74), box(270, 28, 38, 38), box(8, 240, 304, 50), box(8, 214, 130, 20)];
    expect(sidesCovered([zoom, fit, legend, ground], 320, 300)).to.deep.equal({ left: 50, top: 0, right: 50, bottom: 86 });
  });

  it('should be nothing where nothing lies over the map', () => {
    expect(sidesCovered([], 320, 300)).to.deep.equal({ left: 0, top: 0, right: 0, bottom: 0 });
  });
});
