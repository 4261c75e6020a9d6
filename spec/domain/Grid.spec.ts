import { expect } from 'chai';
import fc from 'fast-check';
import { Grid, type Box } from '../../src/domain/Grid.js';
import { mercator } from '../../src/domain/mercator.js';

const longitude = fc.double({ min: -180, max: 180, noNaN: true });
const latitude = fc.double({ min: -90, max: 90, noNaN: true });
const box = fc
  .record({ west: longitude, east: longitude, a: latitude, b: latitude })
  .map(({ west, east, a, b }): Box => ({ west, east, south: Math.min(a, b), north: Math.max(a, b) }));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const shareOf = (share: number, from: number, to: number) => from + share * (to - from);

describe('Grid', () => {
  it('should cover all of a part of the map, over the date line too, with as many cells as wanted at most', () => {
    fc.assert(
      fc.property(box, fc.integer({ min: 4, max: 65_536 }), share, share, (part, most, a, b) => {
        const grid = Grid.over(part, most);
        expect(grid.across * grid.down).to.be.at.most(Math.max(4, most));
        expect(Math.log2(grid.side) % 1).to.equal(0);
        const east = part.east < part.west ? part.east + 360 : part.east;
        const within = shareOf(a, part.west, east);
        const { x, y } = mercator(shareOf(b, part.south, part.north), within > 180 ? within - 360 : within);
        const cell = grid.cellOf(x, y);
        expect(cell).to.be.within(0, grid.across * grid.down - 1);
        const [column, row] = [(grid.left + (cell % grid.across)) % grid.side, grid.top + Math.floor(cell / grid.across)];
        if (x < 1) expect(x * grid.side).to.be.within(column, column + 1);
        expect(y * grid.side).to.be.within(row - 1e-9 * grid.side, row + 1 + 1e-9 * grid.side);
      }),
      { numRuns: 500 },
    );
  });

  it('should be the finest that does', () => {
    const world = { west: -180, south: -90, east: 180, north: 90 };
    expect(Grid.over(world, 16_384)).to.include({ side: 128, left: 0, top: 0, across: 128, down: 128 });
    const small = Grid.over({ west: 13, south: 52, east: 13.1, north: 52.1 }, 400);
    expect(small.across * small.down).to.be.within(80, 400);
  });

  it('should have no cell for what is elsewhere', () => {
    const grid = Grid.over({ west: 170, south: -10, east: -170, north: 10 }, 1000);
    const cellAt = (latitude: number, longitude: number) => {
      const { x, y } = mercator(latitude, longitude);
      return grid.cellOf(x, y);
    };
    expect([cellAt(0, 175), cellAt(0, -175), cellAt(0, 180), cellAt(0, -180)].every((cell) => cell >= 0)).to.equal(true);
    expect([cellAt(0, 160), cellAt(0, 0), cellAt(20, 175), cellAt(-90, 175)]).to.deep.equal([-1, -1, -1, -1]);
  });
});
