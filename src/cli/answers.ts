import { AGE_COLUMN, escaped, type Fix, formatInstant, formatRow, type Instant, LOG_HEADER, logFields } from '../index.js';
import { duration } from './words.js';

/** A fix that answers a question, and when the question was about. */
export interface Known {
  readonly fix: Fix;
  readonly asked: Instant;
  /** µs. */
  readonly age: number;
  readonly further: readonly string[];
}

/** The ways to write an answer, each ended by LF. */
export const FORMATS = {
  /** For people. */
  table: ({ fix, asked, age, further }: Known): string => {
    const rows: [string, string][] = [
      ['device', fix.device],
      ['as of', formatInstant(asked)],
      ['position', `${fix.latitude}, ${fix.longitude}`],
      ['speed', fix.speed === '' ? 'not given' : fix.speed],
      ['event time', `${formatInstant(fix.event)}, ${duration(Math.abs(age) / 1000)} ${age < 0 ? 'after that: its clock is ahead' : 'before that'}`],
      ['arrived', formatInstant(fix.arrival)],
      ...further.map((name, i): [string, string] => [name, fix.further[i]!]),
    ];
    const width = Math.max(...rows.map(([name]) => name.length)) + 2;
    return rows.map(([name, value]) => `${escaped(name).padEnd(width)}${escaped(value)}\n`).join('');
  },

  /** One object with the log's column names as keys; the measures are numbers, and an empty speed is null. */
  json: (known: Known): string => `${JSON.stringify(properties(known))}\n`,

  /** The log's header and the row, with the age. */
  csv: ({ fix, age, further }: Known): string =>
    `${formatRow([...LOG_HEADER, ...further, AGE_COLUMN])}${[...logFields(fix), age / 1e6].join(',')}\n`,

  /** A GeoJSON Feature (RFC 7946): a Point in longitude, latitude, and what `json` gives as properties. */
  geojson: (known: Known): string => {
    const { lat, lon, ...others } = properties(known);
    return `${JSON.stringify({ type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties: others })}\n`;
  },
};

function properties({ fix, age, further }: Known) {
  return {
    time: formatInstant(fix.arrival),
    device_id: fix.device,
    lat: Number(fix.latitude),
    lon: Number(fix.longitude),
    speed: fix.speed === '' ? null : Number(fix.speed),
    event_time: formatInstant(fix.event),
    ...Object.fromEntries(further.map((name, i) => [name, fix.further[i]])),
    [AGE_COLUMN]: age / 1e6,
  };
}
