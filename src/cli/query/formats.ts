import { map, type OperatorFunction } from 'rxjs';
import { formatInstant } from '../../index.js';
import { FINAL_COLUMN } from '../../domain/columns.js';
import { fixObject } from '../../domain/fixObject.js';
import { instantText } from '../../domain/instantText.js';
import { escaped } from '../../domain/shown.js';
import { csvRows, csvText } from '../../formats/csv.js';
import type { DocumentFormat } from '../../formats/DocumentFormat.js';
import { features, featureText } from '../../formats/geojson.js';
import { waypoints, waypointText } from '../../formats/gpx.js';
import { placemarks, placemarkText } from '../../formats/kml.js';
import type { Shown } from '../../formats/Shown.js';
import { fixTable } from './fixTable.js';
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

export type FormatName = 'table' | 'json' | DocumentFormat;

const line = (value: unknown) => `${JSON.stringify(value)}\n`;
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
  csv: { one: csvText, many: csvRows, endless: csvRows },
  /** GeoJSON (RFC 7946): a Feature, a FeatureCollection of them, or one a line. */
  geojson: { one: featureText, many: features, endless: () => map(featureText) },
  /** GPX 1.1: waypoints. */
  gpx: { one: waypointText, many: waypoints },
  /** KML 2.2: placemarks. */
  kml: { one: placemarkText, many: placemarks },
};

function properties({ fix, age, extra, final }: Shown) {
  return { ...fixObject(fix, extra, age), ...(final && { [FINAL_COLUMN]: instantText(final.until) }) };
}

/** A longer name of an extra column shifts only its own line. */
const MAX_NAME_WIDTH = 40;

/** A line for each part of one fix. */
function card({ fix, asked, age, extra, final }: Shown, how = ''): string {
  const old = age === undefined ? '' : `, ${duration(Math.abs(age) / 1000)} ${age < 0 ? 'after that: its clock is ahead' : 'before that'}`;
  const rows: [string, string][] = [
    ['device', fix.device],
    ...(asked === undefined ? [] : [['as of', `${formatInstant(asked)}${how}`] satisfies [string, string]]),
    ...(final ? [['final', final.words] satisfies [string, string]] : []),
    ['position', `${fix.latitude}, ${fix.longitude}`],
    ['speed', fix.speed === '' ? 'not given' : fix.speed],
    ['event time', `${formatInstant(fix.event)}${old}`],
    ['arrived', formatInstant(fix.arrival)],
    ...extra.map((name, i): [string, string] => [name, fix.extra[i]!]),
  ];
  const width = Math.min(MAX_NAME_WIDTH, Math.max(...rows.map(([name]) => widthOf(escaped(name))))) + 2;
  return rows.map(([name, value]) => `${`${padded(escaped(name), width)}${escaped(value)}`.trimEnd()}\n`).join('');
}
