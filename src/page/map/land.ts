import { map, retry, type Observable } from 'rxjs';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { getJson } from '../api/getJson.js';
import { unwrapped, type Line } from './unwrapped.js';

const RETRY_MS = 5000; // ms until it is asked for again

/** The land of the Earth as polygons of closed lines, from Natural Earth through world-atlas: once, when subscribed to. */
export const land$: Observable<readonly (readonly Line[])[]> = getJson<Topology<{ land: GeometryCollection }>>('page/land.json').pipe(
  retry({ delay: RETRY_MS }),
  map((topology) =>
    feature(topology, topology.objects.land).features.flatMap(({ geometry }) => {
      const polygons = geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : [];
      return polygons.map((rings) => rings.flatMap((ring) => unwrapped(ring)));
    }),
  ),
);
