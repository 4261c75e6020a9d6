import { expect } from 'chai';
import fc from 'fast-check';
import { crowding } from '../../../src/page/map/crowding.js';

const grid = (columns: number, apart: number) =>
  Array.from({ length: columns * columns }, (_, i) => ({ x: (i % columns) * apart, y: Math.floor(i / columns) * apart }));
const columns = (points: readonly { readonly x: number; readonly y: number }[]) => ({
  xs: points.map(({ x }) => x),
  ys: points.map(({ y }) => y),
  length: points.length,
});
const middle = (columns: number, apart: number) => (columns * apart) / 2;

describe('crowding', () => {
  it('should leave those room that stand apart, and go up a step when twice as many stand in a place', () => {
    for (const [apart, step] of [[32, 0], [16, 1], [8, 3], [4, 4], [2, 4]] as const)
      expect(crowding(columns(grid(64, apart)), 5)(middle(64, apart), middle(64, apart)), `${apart} px apart`).to.equal(step);
  });

  it('should be no matter of where on the map they stand, but for a step', () => {
    fc.assert(
      fc.property(fc.double({ min: -500, max: 500, noNaN: true }), fc.double({ min: -500, max: 500, noNaN: true }), (x, y) => {
        const points = grid(40, 10).map((point) => ({ x: point.x + x, y: point.y + y }));
        expect(crowding(columns(points), 5)(200 + x, 200 + y)).to.be.within(1, 3);
      }),
    );
  });
});
