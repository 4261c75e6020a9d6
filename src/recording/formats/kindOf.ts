import { ENOUGH, foreignKind } from '../../csv/foreignKind.js';

/** What can be read. */
export type Kind = 'csv' | 'gzip' | 'zstd' | 'zip' | 'parquet' | 'gpx' | 'jsonl' | 'nmea';
/** What is known, and cannot be read: what it is, and what to do. */
export interface Foreign {
  readonly foreign: string;
}

/** How many bytes are enough for every kind but XML, whose first element may come late. */
const MIN_BYTES = 8;
const MAX_BYTES = 64 * 1024;

const BINARY: readonly (readonly [string, Kind])[] = [
  ['PK\x03\x04', 'zip'],
  ['\x1f\x8b', 'gzip'],
  ['\x28\xb5\x2f\xfd', 'zstd'],
];
/** A Parquet file; not the name of a column. */
const PARQUET = /^PAR1(?![,;|"\t\r\n]|$)/;
/** What may stand before the first element of an XML document: a declaration, comments, a document type. */
const BEFORE_ROOT = /^(?:\s+|<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->|<![^->[]*(?:\[[^\]]*\]\s*)?>)*/;
const ROOT = /^<(?:[\w.-]+:)?([\w.-]+)[\s/>]/;
const WEB_PAGE = 'a web page, not a recording: download the file itself';
/** A header with names like `<DATE>`. */
const TAG_NAMES = /^<[^<>]*>[,;\t|]/;
const ROOTS: Readonly<Record<string, string>> = {
  kml: 'a KML file: convert it to GPX, with gpsbabel -i kml -f FILE -o gpx -F track.gpx',
  TrainingCenterDatabase: 'a TCX file: convert it to GPX, with gpsbabel -i gtrnctr -f FILE -o gpx -F track.gpx',
  html: WEB_PAGE,
};
const TEXTS: readonly (readonly [RegExp, Kind | Foreign])[] = [
  [/^\{\s*"type"\s*:\s*"FeatureCollection"/, { foreign: "a GeoJSON collection: write one feature a line, with jq -c '.features[]' FILE" }],
  [/^\{\s*["}]/, 'jsonl'],
  [/^\[\s*[{[\]]/, { foreign: "a JSON array: write one object a line, with jq -c '.[]' FILE" }],
  [/^\[\s*(?:["\d-]|null\b)/, { foreign: "JSON arrays without names: write one object a line, as jq -c '{lat: .[0], lon: .[1]}' FILE does" }],
  [/^(?:\\[^\\\n]*\\)?\$[A-Z]{2}[A-Z\d]{0,16},/, 'nmea'],
  [/^(?:\\[^\\\n]*\\)?!(?:AI|BS|AB)VD[MO],/, { foreign: 'a log of AIS messages (!AIVDM): decode them, with gpsdecode, into JSON Lines' }],
];

/**
 * What a file is, by its first bytes alone; `undefined` if more of them are needed. What is none of the other kinds is CSV.
 *
 * @param isAll whether there are no more
 */
export function kindOf(start: Buffer, isAll: boolean): Kind | Foreign | undefined {
  if (start.length < MIN_BYTES && !isAll) return undefined;
  const latin1 = start.toString('latin1', 0, MIN_BYTES);
  const binary = BINARY.find(([mark]) => latin1.startsWith(mark));
  if (binary) return binary[1];
  if (PARQUET.test(latin1)) return 'parquet';
  const isUtf16 = /^(?:\xff\xfe|\xfe\xff|<\0|\0<)/.test(latin1);
  const foreign = isUtf16 ? undefined : foreignKind(start);
  if (foreign !== undefined) return { foreign };
  const text = (isUtf16 ? utf16(start.subarray(0, MAX_BYTES)) : start.toString('utf8', 0, MAX_BYTES)).replace(/^\ufeff?\s*/, '');
  if (text.startsWith('<') && !TAG_NAMES.test(text)) return xmlKind(text, isAll || start.length >= MAX_BYTES);
  if (text === '' && !isAll && start.length < ENOUGH) return undefined;
  return TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? 'csv';
}

function xmlKind(text: string, isAll: boolean): Kind | Foreign | undefined {
  const [, root] = ROOT.exec(text.replace(BEFORE_ROOT, '')) ?? [];
  if (root === 'gpx') return 'gpx';
  if (/^<!doctype html/i.test(text)) return { foreign: WEB_PAGE };
  if (root === undefined && !isAll) return undefined;
  const known = root === undefined ? undefined : Object.hasOwn(ROOTS, root) ? ROOTS[root] : undefined;
  const what = root === undefined ? 'XML' : `XML of the kind "${root}"`;
  return { foreign: known ?? `${what}: of XML, lastfix reads GPX; convert it to that, or to CSV` };
}

function utf16(bytes: Buffer): string {
  const isBig = bytes[0] === 0xfe || bytes[0] === 0;
  return new TextDecoder(isBig ? 'utf-16be' : 'utf-16le').decode(bytes);
}
