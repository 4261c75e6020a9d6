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
  it('should count how many stand in a square of 32 px around a place, near and wide', () => {
    for (const [apart, many] of [[16, 4], [8, 16], [4, 64], [2, 256]] as const) {
      const { usual, at, around } = crowding(columns(grid(128, apart)));
      const middle = 64 * apart;
      expect([at(middle, middle), around(middle, middle)], `${apart} px apart`).to.deep.equal([many, many]);
      expect(usual, `${apart} px apart`).to.be.closeTo(many, 0.5);
    }
  });

  it('should be about the same wherever on the map they stand', () => {
    fc.assert(
      fc.property(fc.double({ min: -500, max: 500, noNaN: true }), fc.double({ min: -500, max: 500, noNaN: true }), (x, y) => {
        const { at, around } = crowding(columns(grid(40, 10).map((point) => ({ x: point.x + x, y: point.y + y }))));
        expect(at(200 + x, 200 + y)).to.be.within(4, 16);
        expect(around(200 + x, 200 + y)).to.be.within(7, 12);
      }),
    );
  });

  it('should find usual what half of them have at most, however dense a knot of others is', () => {
    const spread = grid(10, 64);
    const knot = Array.from({ length: 80 }, () => ({ x: 500, y: 900 }));
    expect(crowding(columns([...spread, ...knot])).usual).to.equal(0);
    expect(crowding(columns([...spread, ...knot, ...knot])).usual).to.be.closeTo((159 * 4) / 9, 1e-9);
  });

  it('should see a knot where it is, and not that one stands in a gap', () => {
    const knot = Array.from({ length: 50 }, () => ({ x: 328, y: 328 }));
    const { at, around } = crowding(columns([...grid(64, 10), ...knot]));
    expect(at(328, 328)).to.be.above(200);
    expect(at(360, 328)).to.be.below(20);
    const { around: beside } = crowding(columns(grid(64, 10).filter(({ x, y }) => Math.hypot(x - 328, y - 328) > 12)));
    expect(beside(328, 328)).to.be.above(around(120, 120) / 2);
  });

  it('should find nobody where nobody stands', () => {
    const { usual, at, around } = crowding(columns([]));
    expect([usual, at(0, 0), around(0, 0)]).to.deep.equal([0, 0, 0]);
    expect(crowding(columns([{ x: 0, y: 0 }])).at(500, 0)).to.equal(0);
  });
});
