import type L from 'leaflet';
import type { Frame } from './Frame.js';

/** What of a map is in sight. */
export function frameOf(map: L.Map): Frame {
  const { x: width, y: height } = map.getSize();
  const corner = map.project(map.getCenter()).subtract([width / 2, height / 2]);
  return { scale: 256 * 2 ** map.getZoom(), left: corner.x, top: corner.y, width, height };
}
