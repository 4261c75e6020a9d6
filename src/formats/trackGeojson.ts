import { concat, defer, EMPTY, map, of, tap, type Observable } from 'rxjs';
import type { NamedFix } from '../domain/Appended.js';
import type { Fix } from '../domain/fix.js';
import { formatInstant } from '../domain/instant.js';
import type { Trip } from '../domain/Trip.js';
import { feature } from './geojson.js';
import type { Trips } from './Trips.js';

/**
 * A track as a FeatureCollection (RFC 7946): a LineString, if it has two fixes at least, then a Point for each.
 * Reads it twice, so that it holds none of it; the second time, without what has arrived since.
 */
export function trackGeojson(trips: Trips): Observable<string> {
  let whole: Trip<NamedFix> | undefined;
  let known = -Infinity;
  const line$ = trips().pipe(
    tap((trip) => {
      whole = trip;
      known = Math.max(known, trip.last.fix.arrival);
    }),
    map(({ fixes, first, last }) => {
      if (fixes === 1) return '';
      const start = fixes === 2 ? `\n{"type":"Feature","geometry":{"type":"LineString","coordinates":[${position(first.fix)}` : '';
      return `${start},${position(last.fix)}`;
    }),
  );
  const properties$ = defer(() => (whole && whole.fixes > 1 ? of(`]},"properties":${JSON.stringify(properties(whole))}},`) : EMPTY));
  const points$ = defer(() => trips({ knownAt: known })).pipe(
    map(({ last }, i) => `${i === 0 ? '\n' : ',\n'}${JSON.stringify(feature(last))}`),
  );
  return concat(of('{"type":"FeatureCollection","features":['), line$, properties$, points$, of('\n]}\n'));
}

function position({ latitude, longitude }: Fix): string {
  return JSON.stringify([Number(longitude), Number(latitude)]);
}

function properties({ fixes, first, last, metres }: Trip<NamedFix>) {
  return {
    device_id: first.fix.device,
    fixes,
    first_time: formatInstant(first.fix.arrival),
    first_event_time: formatInstant(first.fix.event),
    last_time: formatInstant(last.fix.arrival),
    last_event_time: formatInstant(last.fix.event),
    distance_metres: Number(metres.toFixed(1)),
  };
}
