import { concat, defer, map, of, type OperatorFunction } from 'rxjs';
import { formatInstant } from '../../index.js';
import { formatRow } from '../../csv/formatRow.js';
import { AGE_COLUMN } from '../../domain/columns.js';
import { fixObject } from '../../domain/fixObject.js';
import { escaped } from '../../domain/shown.js';
import { LOG_HEADER, logFields } from '../../log/rows.js';
import { fixTable } from './fixTable.js';
import type { Shown } from './Shown.js';
import { waypoints, waypointText } from './gpx.js';
import { placemarks, placemarkText } from './kml.js';
import { padded } from '../text/padded.js';
import { widthOf } from '../text/widthOf.js';
import { duration } from '../text/words.js';

/** A way to write fixes, each text ended by LF. */
interface Format {
  /** The only answer there can be; for people, also how it was asked. */
  readonly one: (shown: Shown, how?: string) => string;
  /** Several, which together are one text; a table `rows` rows at once, since it has columns. */
  readonly many: (rows?: number) => OperatorFunction<Shown, string>;
  /** Each of what never ends, unless all of it is one document. */
  readonly endless?: () => OperatorFunction<Shown, string>;
}

export type FormatName = 'table' | 'json' | 'csv' | 'geojson' | 'gpx' | 'kml';

const line = (value: unknown) => `${JSON.stringify(value)}\n`;
/** Rows below a header, and below a new one whenever another log has other columns. */
const csv = (): OperatorFunction<Shown, string> => (shown$) =>
  defer(() => {
    let above: string | undefined;
    return shown$.pipe(
      map((shown) => {
        const before = above;
        above = csvHeader(shown);
        return `${above === before ? '' : above}${csvRow(shown)}`;
      }),
    );
  });
/** Rows of a table that are written at once, unless all of them are held anyway. */
const ROWS = 1024;

export const FORMATS: Readonly<Record<FormatName, Format>> = {
  /** For people. */
  table: { one: card, many: (rows = ROWS) => fixTable(rows), endless: () => fixTable(1) },
  /** One object a line with the log's column names as keys; the measures are numbers, and an empty speed is null. */
  json: {
    one: (shown) => line(properties(shown)),
    many: () => map((shown) => line(properties(shown))),
    endless: () => map((shown) => line(properties(shown))),
  },
  /** The log's header and rows, with the age if there is one. */
  csv: { one: (shown) => csvHeader(shown) + csvRow(shown), many: csv, endless: csv },
  /** GeoJSON (RFC 7946): a Feature, a FeatureCollection of them, or one a line. */
  geojson: {
    one: (shown) => line(feature(shown)),
    many: () => (shown$) =>
      concat(
        of('{"type":"FeatureCollection","features":['),
        shown$.pipe(map((shown, i) => `${i === 0 ? '\n' : ',\n'}${JSON.stringify(feature(shown))}`)),
        of('\n]}\n'),
      ),
    endless: () => map((shown) => line(feature(shown))),
  },
  /** GPX 1.1: waypoints. */
  gpx: { one: waypointText, many: waypoints },
  /** KML 2.2: placemarks. */
  kml: { one: placemarkText, many: placemarks },
};

/** A Point in longitude, latitude, and what `json` gives as properties. */
export function feature(shown: Shown) {
  const { lat, lon, ...others } = properties(shown);
  return { type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties: others };
}

function properties({ fix, age, extra }: Shown) {
  return fixObject(fix, extra, age);
}

function csvHeader({ extra, age }: Shown): string {
  return formatRow([...LOG_HEADER, ...extra, ...(age === undefined ? [] : [AGE_COLUMN])]);
}

function csvRow({ fix, age }: Shown): string {
  return `${[...logFields(fix), ...(age === undefined ? [] : [age / 1e6])].join(',')}\n`;
}

/** A longer name of an extra column shifts only its own line. */
const MAX_NAME_WIDTH = 40;

/** A line for each part of one fix. */
function card({ fix, asked, age, extra }: Shown, how = ''): string {
  const old = age === undefined ? '' : `, ${duration(Math.abs(age) / 1000)} ${age < 0 ? 'after that: its clock is ahead' : 'before that'}`;
  const rows: [string, string][] = [
    ['device', fix.device],
    ...(asked === undefined ? [] : [['as of', `${formatInstant(asked)}${how}`] satisfies [string, string]]),
    ['position', `${fix.latitude}, ${fix.longitude}`],
    ['speed', fix.speed === '' ? 'not given' : fix.speed],
    ['event time', `${formatInstant(fix.event)}${old}`],
    ['arrived', formatInstant(fix.arrival)],
    ...extra.map((name, i): [string, string] => [name, fix.extra[i]!]),
  ];
  const width = Math.min(MAX_NAME_WIDTH, Math.max(...rows.map(([name]) => widthOf(escaped(name))))) + 2;
  return rows.map(([name, value]) => `${`${padded(escaped(name), width)}${escaped(value)}`.trimEnd()}\n`).join('');
}
