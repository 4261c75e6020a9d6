import { expect } from 'chai';
import { Sizes } from '../../../src/page/map/Sizes.js';

const sized = (usual: number) => {
  const sizes = new Sizes();
  sizes.take(usual, 256);
  return sizes;
};

describe('Sizes', () => {
  it('should give all signs of an even fleet one size, though chance makes some places denser than others', () => {
    const sizes = sized(60);
    for (const around of [20, 45, 60, 90, 180]) expect(sizes.crowding(around, around), `${around} around`).to.equal(60);
  });

  it('should make signs smaller where it is much denser, and larger where it is much emptier, without a jump', () => {
    const sizes = sized(60);
    expect(sizes.crowding(600, 200)).to.equal(200);
    expect(sizes.crowding(4, 2)).to.equal(6);
    for (let around = 1; around < 1000; around *= 1.01)
      expect(sizes.crowding(around * 1.01, around * 1.01) / sizes.crowding(around, around), `${around} around`).to.be.within(1, 1.011);
  });

  it('should keep the sizes while the usual crowding changes little, but take another view as it is', () => {
    const sizes = sized(60);
    for (const [usual, scale, counts] of [[50, 256, 60], [80, 256, 60], [100, 256, 100], [90, 256, 100], [90, 512, 90]] as const) {
      sizes.take(usual, scale);
      expect(sizes.crowding(usual, usual), `${usual} at ${scale}`).to.equal(counts);
    }
  });
});
