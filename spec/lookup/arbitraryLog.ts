import fc from 'fast-check';
import { formatInstant } from '../../src/domain/instant.js';

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const field = (text: string, always: boolean) => (always || /[",\n\r]/.test(text) ? quoted(text) : text);

const second = 1_634_990_000_000_000;
const instant = fc.oneof(
  fc.nat({ max: 5 }).map((seconds) => second + seconds * 1e6),
  fc.nat({ max: 5e6 }).map((micros) => second + micros),
);
const device = fc.constantFrom('7', '007', 'a,b', 'q"q', 'नाम', 'two\nlines');
const number = fc.constantFrom('0', '12.5', '-0', '1e1');
const note = fc.constantFrom('', 'plain', 'two\nlines', 'two\r\nlines', '"', 'a,b', '🛰', '\ufeff');

/** The texts of a log: its header, and its rows, each with its line end and what empty lines are before it. */
export interface LogTexts {
  readonly header: string;
  readonly rows: readonly string[];
}

/**
 * A log as lastfix or somebody else may have written it: columns in any order and extra ones, with and without
 * quotes, BOM, either line end, empty lines, letters of any script, times with many ties and in no order. Also a
 * late file.
 */
export const arbitraryLog: fc.Arbitrary<LogTexts> = fc
  .record({
    columns: fc.shuffledSubarray(['time', 'device_id', 'lat', 'lon', 'speed', 'event_time', 'note', 'größe'], { minLength: 8 }),
    late: fc.boolean(),
    bom: fc.constantFrom('', '\ufeff'),
    empty: fc.constantFrom('', '', '\n', '\r\n\n'),
    quotes: fc.boolean(),
    rows: fc.array(
      fc.record({
        fields: fc.record({
          time: instant.map(formatInstant),
          device_id: device,
          lat: number,
          lon: number,
          speed: fc.constantFrom('', '3'),
          event_time: instant.map(formatInstant),
          note,
          größe: note,
          reason: fc.constantFrom('late', 'duplicate', 'conflict', 'unknown'),
        }),
        quotes: fc.boolean(),
        lineEnd: fc.constantFrom('\n', '\r\n'),
        empty: fc.constantFrom('', '', '', '\n', '\r\n'),
      }),
      { maxLength: 40, size: 'max' },
    ),
  })
  .map(({ columns, late, bom, empty, quotes, rows }) => ({
    header: `${bom}${empty}${[...columns, ...(late ? ['reason', 'latest_event_time'] : [])].map((name) => field(name, quotes)).join()}\n`,
    rows: rows.map(({ fields, quotes, lineEnd, empty }) => {
      const texts = columns.map((name) => fields[name as keyof typeof fields]);
      return `${empty}${[...texts, ...(late ? [fields.reason, fields.time] : [])].map((text) => field(text, quotes)).join()}${lineEnd}`;
    }),
  }));
