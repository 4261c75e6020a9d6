import { expect } from 'chai';
import fc from 'fast-check';
import { clipped } from '../../../src/page/map/clipped.js';

const number = fc.integer({ min: -20, max: 20 });
const BOX = [-5, -5, 5, 5] as const;
/** Twice the signed area of a closed line. */
const area = (points: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < points.length; i += 2) {
    const next = (i + 2) % points.length;
    sum += points[i]! * points[next + 1]! - points[next]! * points[i + 1]!;
  }
  return sum;
};
const sign = (points: readonly number[], x: number, y: number) =>
  [0, 2, 4].map((i) => (points[(i + 2) % 6]! - points[i]!) * (y - points[i + 1]!) - (points[(i + 3) % 6]! - points[i + 1]!) * (x - points[i]!));

describe('clipped', () => {
  it('should leave a line as it is that lies in the box', () => {
    expect([...Array.from(clipped([-1, -1, 1, -1, 1, 1], BOX))]).to.deep.equal([-1, -1, 1, -1, 1, 1]);
  });

  it('should leave nothing of one that lies beside it', () => {
    expect(clipped([6, 6, 8, 6, 8, 8], BOX)).to.have.length(0);
  });

  it('should be the box where the line goes around it', () => {
    expect(Math.abs(area(clipped([-99, -99, 99, -99, 99, 99, -99, 99], BOX)))).to.be.closeTo(200, 1e-9);
  });

  it('should be of a triangle as large as what counting small squares finds', () => {
    fc.assert(fc.property(fc.tuple(number, number, number, number, number, number), (triangle) => {
      const part = clipped(triangle, BOX);
      for (let i = 0; i < part.length; i += 2) {
        expect(part[i]).to.be.within(-5.000001, 5.000001);
        expect(part[i + 1]).to.be.within(-5.000001, 5.000001);
      }
      let counted = 0;
      for (let x = -4.95; x < 5; x += 0.1) {
        for (let y = -4.95; y < 5; y += 0.1) {
          const sides = sign(triangle, x, y);
          if (sides.every((side) => side > 0) || sides.every((side) => side < 0)) counted += 0.01;
        }
      }
      expect(Math.abs(area(part)) / 2).to.be.closeTo(counted, 2.5);
    }), { numRuns: 60 });
  });
});
