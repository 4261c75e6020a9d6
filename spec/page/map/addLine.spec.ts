import { expect } from 'chai';
import { addLine } from '../../../src/page/map/addLine.js';
import type { Frame } from '../../../src/page/map/Frame.js';
import { worlds } from '../../../src/page/map/worlds.js';

const FRAME: Frame = { scale: 100, left: 0, top: 0, width: 100, height: 100 };
const drawn = (from: number, to: number) => {
  const points: number[] = [];
  addLine(
    { moveTo: (x) => points.push(Math.round(x)), lineTo: (x) => points.push(Math.round(x)) },
    FRAME,
    { x: from, y: 0 },
    { x: to, y: 1 },
  );
  return points;
};

describe('addLine', () => {
  it('should go from the one to the other', () => {
    expect(drawn(0.2, 0.6)).to.deep.equal([20, 60]);
    expect(drawn(0.6, 0.2)).to.deep.equal([60, 20]);
    expect(drawn(0.1, 0.3)).to.deep.equal([10, 30]);
  });

  it('should stand at both edges of the world where it goes over the date line', () => {
    expect(drawn(0.9, 0.2)).to.deep.equal([90, 120, -10, 20]);
    expect(drawn(0.2, 0.9)).to.deep.equal([20, -10, 120, 90]);
  });
});

describe('worlds', () => {
  const lefts = (frame: Partial<Frame>, extra?: number) => worlds({ ...FRAME, ...frame }, extra).map(({ left }) => left);

  it('should be the copies of the world that are in sight, or nearly', () => {
    expect(lefts({ left: 10, width: 50 })).to.deep.equal([10]);
    expect(lefts({ left: -30, width: 50 })).to.deep.equal([70, -30]);
    expect(lefts({ left: 250, width: 120 })).to.deep.equal([50, -50]);
    expect(lefts({ left: 10, width: 50 }, 20)).to.deep.equal([110, 10]);
  });
});
