import { concat, defer, map, of, type Observable, type OperatorFunction } from 'rxjs';
import type { NamedFix } from '../domain/Appended.js';
import type { Fix } from '../domain/fix.js';
import { formatInstant } from '../domain/instant.js';
import { decimalText } from './decimalText.js';
import { xmlText } from './xmlText.js';

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<gpx version="1.1" creator="lastfix" xmlns="http://www.topografix.com/GPX/1/1" xmlns:lastfix="https://github.com/lastfix/lastfix">\n';
const END = '</gpx>\n';

/** Fixes as waypoints of a GPX 1.1 document: each with its event time and the name of its device. */
export const waypoints = (): OperatorFunction<NamedFix, string> => (shown$) =>
  concat(of(HEAD), shown$.pipe(map(({ fix }) => waypoint(fix))), of(END));

/** A fix as a GPX 1.1 document of one waypoint. */
export function waypointText({ fix }: NamedFix): string {
  return `${HEAD}${waypoint(fix)}${END}`;
}

/**
 * A track as a GPX 1.1 document: one track of one segment, each point with its event time. When it arrived and the speed,
 * in the unit of the recording, are extensions. Nothing, if there is no fix.
 */
export const trackGpx = (): OperatorFunction<NamedFix, string> => (shown$) =>
  defer(() => {
    let begun = false;
    const points$ = shown$.pipe(
      map(({ fix }) => {
        const before = begun ? '' : `${HEAD}<trk>\n<name>${xmlText(fix.device)}</name>\n<trkseg>\n`;
        begun = true;
        return `${before}${point('trkpt', fix, '')}`;
      }),
    );
    const end$: Observable<string> = defer(() => (begun ? of(`</trkseg>\n</trk>\n${END}`) : of('')));
    return concat(points$, end$);
  });

function waypoint(fix: Fix): string {
  return point('wpt', fix, `<name>${xmlText(fix.device)}</name>`);
}

/** The elements of a point stand in the order of the schema: time, name, extensions. */
function point(element: string, { latitude, longitude, event, arrival, speed }: Fix, name: string): string {
  const told = speed === '' ? '' : `<lastfix:speed>${speed}</lastfix:speed>`;
  const more = `<lastfix:arrival>${formatInstant(arrival)}</lastfix:arrival>${told}`;
  const inner = `<time>${formatInstant(event)}</time>${name}<extensions>${more}</extensions>`;
  return `<${element} lat="${decimalText(latitude)}" lon="${east(longitude)}">${inner}</${element}>\n`;
}

/** In GPX, 180 degrees east are 180 degrees west. */
function east(longitude: string): string {
  return Number(longitude) === 180 ? '-180' : decimalText(longitude);
}
