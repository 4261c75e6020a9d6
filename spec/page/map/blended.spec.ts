import { expect } from 'chai';
import fc from 'fast-check';
import { blended } from '../../../src/page/map/blended.js';

const pixel = fc.integer({ min: 0, max: 0xffffffff });
const partsOf = (colour: number) => [0, 8, 16, 24].map((shift) => (colour >>> shift) & 255) as [number, number, number, number];

describe('blended', () => {
  it('should be as bright as light that passes through both', () => {
    fc.assert(
      fc.property(pixel, pixel, fc.integer({ min: 0, max: 255 }), (below, above, ground) => {
        const through = (colour: number, light: number, part: 0 | 1 | 2) => {
          const parts = partsOf(colour);
          return light + ((parts[part] - light) * parts[3]) / 255;
        };
        for (const part of [0, 1, 2] as const)
          expect(through(blended(below, above), ground, part)).to.be.closeTo(through(above, through(below, ground, part), part), 1.01);
      }),
    );
  });

  it('should be nothing where both are transparent', () => {
    expect(blended(0x00ffffff, 0)).to.equal(0);
  });
});
