import { expect } from 'chai';
import fc from 'fast-check';
import { crowding } from '../../../src/page/map/crowding.js';

interface Point {
  readonly x: number;
  readonly y: number;
}

const grid = (columns: number, apart: number): readonly Point[] =>
  Array.from({ length: columns * columns }, (_, i) => ({ x: (i % columns) * apart, y: Math.floor(i / columns) * apart }));
const columns = (points: readonly Point[]) => ({
  xs: points.map(({ x }) => x),
  ys: points.map(({ y }) => y),
  length: points.length,
});

describe('crowding', () => {
  it('should count how many stand in a square of 32 px around a place', () => {
    for (const [apart, many] of [[16, 4], [8, 16], [4, 64], [2, 256]] as const) {
      const { usual, at } = crowding(columns(grid(128, apart)));
      expect([usual, at(64 * apart, 64 * apart)], `${apart} px apart`).to.deep.equal([many - 4, many]);
    }
  });

  it('should be about the same wherever on the map they stand', () => {
    fc.assert(
      fc.property(fc.double({ min: -500, max: 500, noNaN: true }), fc.double({ min: -500, max: 500, noNaN: true }), (x, y) => {
        const points = grid(40, 10).map((point) => ({ x: point.x + x, y: point.y + y }));
        expect(crowding(columns(points)).at(200 + x, 200 + y)).to.be.within(4, 16);
      }),
    );
  });

  it('should find usual what half of them have at most, however dense a knot of others is', () => {
    const spread = grid(10, 32);
    const knot = Array.from({ length: 80 }, () => ({ x: 5, y: 5 }));
    expect(crowding(columns([...spread, ...knot])).usual).to.equal(0);
    expect(crowding(columns([...spread, ...knot, ...knot])).usual).to.equal(640);
  });

  it('should find nobody where nobody stands', () => {
    const { usual, at } = crowding(columns([]));
    expect([usual, at(0, 0)]).to.deep.equal([0, 0]);
    expect(crowding(columns([{ x: 0, y: 0 }])).at(500, 0)).to.equal(0);
  });
});
