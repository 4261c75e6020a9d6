import { expect } from 'chai';
import fc from 'fast-check';
import { distance, type Position } from '../../src/domain/distance.js';

const RADIUS = 6_371_008.8;
const place = (latitude: number, longitude: number): Position => ({ latitude, longitude });
const places = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

/** By the angle between two vectors from the centre of the Earth. */
function slowDistance(a: Position, b: Position): number {
  const vector = ({ latitude, longitude }: Position) => {
    const [north, east] = [(Number(latitude) * Math.PI) / 180, (Number(longitude) * Math.PI) / 180];
    return [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)] as const;
  };
  const [[x, y, z], [u, v, w]] = [vector(a), vector(b)];
  const across = Math.hypot(y * w - z * v, z * u - x * w, x * v - y * u);
  return RADIUS * Math.atan2(across, x * u + y * v + z * w);
}

describe('distance', () => {
  const KNOWN: readonly (readonly [what: string, from: Position, to: Position, metres: number])[] = [
    ['a degree of latitude', place(0, 0), place(1, 0), (RADIUS * Math.PI) / 180],
    ['a degree of longitude on the equator', place(0, 10), place(0, 11), (RADIUS * Math.PI) / 180],
    ['a way across the date line', place(0, 179.5), place(0, -179.5), (RADIUS * Math.PI) / 180],
    ['the way from pole to pole', place(90, 0), place(-90, 77), RADIUS * Math.PI],
    ['the way to the antipode', place(12, 34), place(-12, -146), RADIUS * Math.PI],
    ['one pole by two longitudes', place(90, 0), place(90, 123), 0],
  ];
  for (const [what, from, to, metres] of KNOWN) {
    it(`should measure ${what}`, () => {
      expect(distance(from, to)).to.be.closeTo(metres, Math.max(metres * 1e-4, 1e-6));
      expect(distance(to, from)).to.equal(distance(from, to));
    });
  }

  it('should be within 0.6 % of the way on the ellipsoid, as from Land\'s End to John o\' Groats', () => {
    expect(distance(place(50.06632222, -5.71475), place(58.64402222, -3.07009444))).to.be.closeTo(969_954, 0.006 * 969_954);
  });

  it('should take degrees as they are written in a log', () => {
    expect(distance({ latitude: '52.50', longitude: '+13.4' }, { latitude: '5.25e1', longitude: '13.5' })).to.equal(
      distance(place(52.5, 13.4), place(52.5, 13.5)),
    );
  });

  it('should see a metre', () => {
    expect(distance(place(52.5, 13.4), place(52.5 + 1 / 111_195, 13.4))).to.be.closeTo(1, 1e-5);
  });

  it('should be nothing from a place to itself, and never negative nor more than half the way round', () => {
    fc.assert(
      fc.property(places, places, (a, b) => {
        expect(distance(a, a)).to.equal(0);
        expect(distance(a, b)).to.be.within(0, RADIUS * Math.PI);
      }),
    );
  });

  it('should be what the angle at the centre of the Earth makes it', () => {
    fc.assert(
      fc.property(places, places, (a, b) => {
        expect(distance(a, b)).to.be.closeTo(slowDistance(a, b), 1);
      }),
    );
  });
});
