import { concat, defer, map, of, type Observable, type OperatorFunction } from 'rxjs';
import type { NamedFix } from '../domain/Appended.js';
import type { Fix } from '../domain/fix.js';
import { formatInstant, type Instant } from '../domain/instant.js';
import { decimalText } from './decimalText.js';
import { xmlText } from './xmlText.js';

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">\n<Document>\n';
const END = '</Document>\n</kml>\n';

/** Fixes as placemarks of a KML 2.2 document: each with the name of its device and its event time. */
export const placemarks = (): OperatorFunction<NamedFix, string> => (shown$) =>
  concat(of(HEAD), shown$.pipe(map(({ fix }) => placemark(fix))), of(END));

/** A fix as a KML 2.2 document of one placemark. */
export function placemarkText({ fix }: NamedFix): string {
  return `${HEAD}${placemark(fix)}${END}`;
}

/**
 * A track as a KML 2.2 document with a `gx:Track`: all event times, then all positions. Nothing, if there is no fix.
 * Reads it twice, so that it holds none of it; the second time, without what has arrived since.
 */
export function trackKml(fixes: (options?: { readonly knownAt?: Instant }) => Observable<NamedFix>): Observable<string> {
  return defer(() => {
    let device: string | undefined;
    let known: Instant = -Infinity;
    const times$ = fixes().pipe(
      map(({ fix }) => {
        const before = device === undefined ? `${HEAD}<Placemark>\n<name>${xmlText(fix.device)}</name>\n<gx:Track>\n` : '';
        device = fix.device;
        known = Math.max(known, fix.arrival);
        return `${before}<when>${formatInstant(fix.event)}</when>\n`;
      }),
    );
    const places$ = defer(() => fixes({ knownAt: known })).pipe(
      map(({ fix }) => `<gx:coord>${decimalText(fix.longitude)} ${decimalText(fix.latitude)} 0</gx:coord>\n`),
    );
    const end$ = of(`</gx:Track>\n</Placemark>\n${END}`);
    return concat(times$, defer(() => (device === undefined ? of('') : concat(places$, end$))));
  });
}

function placemark({ device, latitude, longitude, event }: Fix): string {
  const when = `<TimeStamp><when>${formatInstant(event)}</when></TimeStamp>`;
  const point = `<Point><coordinates>${decimalText(longitude)},${decimalText(latitude)}</coordinates></Point>`;
  return `<Placemark><name>${xmlText(device)}</name>${when}${point}</Placemark>\n`;
}
