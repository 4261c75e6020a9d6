import { concat, map, of, type OperatorFunction } from 'rxjs';
import { fixObject } from '../domain/fixObject.js';
import type { Shown } from './Shown.js';

/** Fixes as a GeoJSON FeatureCollection (RFC 7946) of points. */
export const features = (): OperatorFunction<Shown, string> => (shown$) =>
  concat(
    of('{"type":"FeatureCollection","features":['),
    shown$.pipe(map((shown, i) => `${i === 0 ? '\n' : ',\n'}${JSON.stringify(feature(shown))}`)),
    of('\n]}\n'),
  );

/** A fix as a GeoJSON Feature in a line. */
export const featureText = (shown: Shown): string => `${JSON.stringify(feature(shown))}\n`;

/** A Point in longitude, latitude, and all else that JSON has of a fix as properties. */
export function feature({ fix, extra, age }: Shown) {
  const { lat, lon, ...properties } = fixObject(fix, extra, age);
  return { type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties };
}
