import { expect } from 'chai';
import fc from 'fast-check';
import { addLand } from '../../../src/page/map/addLand.js';
import type { Frame } from '../../../src/page/map/Frame.js';
import type { Land } from '../../../src/page/map/Land.js';

type Place = readonly [x: number, y: number];
type Ring = readonly Place[];

const landOf = (rings: readonly Ring[]): Land => ({
  points: Float64Array.from(rings.flat(2)),
  ends: Uint32Array.from(rings.map((_, i) => rings.slice(0, i + 1).reduce((sum, { length }) => sum + length, 0))),
  boxes: Float64Array.from(
    rings.flatMap((ring) => {
      const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
      return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    }),
  ),
});

/** The lines that are added to a path, each to be closed. */
function added(frame: Frame, land: Land): readonly Ring[] {
  const rings: Place[][] = [];
  const add = (x: number, y: number) => { rings.at(-1)!.push([x, y]); };
  addLand({ moveTo: (x, y) => { rings.push([]); add(x, y); }, lineTo: add, closePath: () => undefined }, frame, land);
  return rings;
}

const edges = (rings: readonly Ring[]) => rings.flatMap((ring) => ring.map((from, i) => [from, ring[(i + 1) % ring.length]!] as const));

/** Whether a place is within closed lines, by the even-odd rule. */
const isWithin = ([x, y]: Place, rings: readonly Ring[]) =>
  edges(rings).filter(([[ax, ay], [bx, by]]) => ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)).length % 2 === 1;

function isNearEdge([x, y]: Place, rings: readonly Ring[]): boolean {
  return edges(rings).some(([[ax, ay], [bx, by]]) => {
    const [dx, dy] = [bx - ax, by - ay];
    const part = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x - ax - part * dx, y - ay - part * dy) < 2;
  });
}

const share = fc.double({ min: 0, max: 1.2, noNaN: true });
const ring = fc.array(fc.tuple(share, fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 3, maxLength: 40 });
const frame: fc.Arbitrary<Frame> = fc
  .record({ zoom: fc.double({ min: 0, max: 12, noNaN: true }), x: fc.double({ min: -1, max: 2, noNaN: true }), y: share })
  .map(({ zoom, x, y }) => {
    const scale = 64 * 2 ** zoom;
    return { scale, left: x * scale - 60, top: y * scale - 40, width: 120, height: 80 };
  });

describe('addLand', () => {
  it('should be land wherever there is, in every copy of the world', () => {
    fc.assert(
      fc.property(fc.array(ring, { minLength: 1, maxLength: 4 }), frame, (rings, seen) => {
        const [drawn, { scale, left, top }] = [added(seen, landOf(rings)), seen];
        const whole = [-3, -2, -1, 0, 1, 2, 3].flatMap((world) =>
          rings.map((one) => one.map(([x, y]): Place => [(x + world) * scale - left, y * scale - top])),
        );
        for (let x = 3; x < 120; x += 19) {
          for (let y = 3; y < 80; y += 13) {
            if (!isNearEdge([x, y], whole)) expect(isWithin([x, y], drawn), `${x}, ${y}`).to.equal(isWithin([x, y], whole));
          }
        }
      }),
    );
  });

  it('should leave out what is out of sight, and points that cannot be told apart', () => {
    const circle = (x: number): Ring =>
      Array.from({ length: 3600 }, (_, i) => [x + 0.1 * Math.cos((i * Math.PI) / 1800), 0.5 + 0.1 * Math.sin((i * Math.PI) / 1800)]);
    const small: Frame = { scale: 256, left: 0, top: 0, width: 256, height: 256 };
    expect(added(small, landOf([circle(0.5)]))[0]!.length).to.be.within(100, 400);
    const near: Frame = { scale: 2 ** 26, left: 0.6 * 2 ** 26 - 500, top: 2 ** 25 - 500, width: 1000, height: 1000 };
    expect(added(near, landOf([circle(0.5), circle(0.2)])).map(({ length }) => length <= 12)).to.deep.equal([true]);
  });
});
