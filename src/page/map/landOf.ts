import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { mercator } from '../../domain/mercator.js';
import type { Land } from './Land.js';
import { unwrapped } from './unwrapped.js';

/** The land of a topology, as Natural Earth gives it through world-atlas. */
export function landOf(topology: Topology<{ land: GeometryCollection }>): Land {
  const lines = feature(topology, topology.objects.land).features.flatMap(({ geometry }) => {
    const polygons = geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : [];
    return polygons.flatMap((rings) => rings.flatMap((ring) => unwrapped(ring)));
  });
  const points = new Float64Array(2 * lines.reduce((sum, { length }) => sum + length, 0));
  const ends = new Uint32Array(lines.length);
  const boxes = new Float64Array(4 * lines.length);
  let at = 0;
  lines.forEach((line, i) => {
    const box = [Infinity, Infinity, -Infinity, -Infinity] as [number, number, number, number];
    for (const [latitude, longitude] of line) {
      const { x, y } = mercator(latitude, longitude);
      points.set([x, y], at);
      at += 2;
      [box[0], box[1], box[2], box[3]] = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
    }
    boxes.set(box, 4 * i);
    ends[i] = at / 2;
  });
  return { points, ends, boxes };
}
