/** Places as latitude and longitude in degrees, a longitude beyond the date line going on above 180 or below -180. */
export type Line = readonly (readonly [latitude: number, longitude: number])[];

const POLE = 89.9; // degrees

/**
 * A closed line on the sphere as one on a map that goes on to the east and the west: where it crosses the date line, it goes
 * on beyond it. One that goes around a pole is closed along that; one that is the pole itself is none.
 *
 * @param ring places as longitude and latitude, the first again at the end
 */
export function unwrapped(ring: readonly (readonly number[])[]): readonly Line[] {
  if (ring.every(([, latitude]) => Math.abs(latitude!) > POLE)) return [];
  let turns = 0;
  const line = ring.map(([longitude, latitude], i): [number, number] => {
    const step = i === 0 ? 0 : longitude! - ring[i - 1]![0]!;
    turns -= Math.round(step / 360);
    return [latitude!, longitude! + 360 * turns];
  });
  const [[first], [, from], [, to]] = [line[0]!, line[0]!, line.at(-1)!];
  if (Math.abs(to - from) > 180) line.push([Math.sign(first) * 90, to], [Math.sign(first) * 90, from]);
  const middle = line.reduce(
    ([min, max], [, longitude]) => [Math.min(min, longitude), Math.max(max, longitude)],
    [Infinity, -Infinity],
  );
  const back = 360 * Math.round((middle[0] + middle[1]) / 720);
  return [line.map(([latitude, longitude]) => [latitude, longitude - back] as const)];
}
