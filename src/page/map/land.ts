import { map, retry, type Observable } from 'rxjs';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { getJson } from '../api/getJson.js';
import { mercator } from '../model/Sighting.js';
import type { Ring } from './Ring.js';

const AGAIN = 5000; // ms until it is asked for again

/** The land of the Earth, from Natural Earth through world-atlas: once, when subscribed to. */
export const land$: Observable<readonly Ring[]> = getJson<Topology<{ land: GeometryCollection }>>('page/land.json').pipe(
  retry({ delay: AGAIN }),
  map((topology) =>
    feature(topology, topology.objects.land).features.flatMap(({ geometry }) => {
      const polygons = geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : [];
      return polygons.flatMap((rings) => rings.map(ringOf));
    }),
  ),
);

function ringOf(places: readonly (readonly number[])[]): Ring {
  const points = new Float64Array(places.length * 2);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  places.forEach(([longitude, latitude], i) => {
    const { x, y } = mercator(latitude!, longitude!);
    points[2 * i] = x;
    points[2 * i + 1] = y;
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  });
  return { points, box: [left, top, right, bottom] };
}
