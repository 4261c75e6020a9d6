import fc from 'fast-check';
import type { OpenRecordingOptions } from '../../src/index.js';

/** A fix of a recording, as its writers would have it. Times in ms. */
export interface PlainFix {
  readonly device: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly event: number;
  readonly arrival: number;
  readonly speed: string;
  readonly note: string;
}

/** How a recording is written, and how it is said to be read. */
export interface Dialect {
  readonly name: string;
  readonly options: OpenRecordingOptions;
  readonly write: (fixes: readonly PlainFix[]) => Buffer;
}

const START = Date.UTC(2021, 9, 23, 12, 30);
const text = fc.constantFrom('', 'x', 'a b', 'é', 'नाम', 'two;halves', 'a,b', 'q"q', 'a|b', 'two\nlines', '12,5');

export const plainFix: fc.Arbitrary<PlainFix> = fc.record({
  device: fc.constantFrom('7', '007', 'bus 7', 'é', 'a,b', 'x;y'),
  latitude: fc.constantFrom('0', '-12.5', '89.123456', '48.7410'),
  longitude: fc.constantFrom('0.5', '-179.25', '9.7125', '13'),
  event: fc.nat({ max: 9 }).map((second) => START + second * 1000),
  arrival: fc.nat({ max: 9000 }).map((millis) => START + 10_000 + millis),
  speed: fc.constantFrom('', '0', '12.5', '3'),
  note: text,
});

const HEADER = ['device_fk_id', 'latitude', 'longitude', 'time_stamp', 'sts', 'speed', 'note'] as const;
const iso = (millis: number) => new Date(millis).toISOString();

/** The recording with nothing that needs saying. */
export function plain(fixes: readonly PlainFix[]): string {
  const rows = fixes.map(({ device, latitude, longitude, event, arrival, speed, note }) =>
    [device, latitude, longitude, iso(event), iso(arrival), speed, note].map((field) => quoted(field, ',')).join(','),
  );
  return [HEADER.join(','), ...rows].map((line) => `${line}\n`).join('');
}

function quoted(field: string, delimiter: string, always = false): string {
  const needs = always || field.includes(delimiter) || /["\r\n]|^\s|\s$|^#/.test(field);
  return needs ? `"${field.replaceAll('"', '""')}"` : field;
}

/** How times are spelled: ISO with an offset, without a zone, as numbers, or by a pattern. */
const KOLKATA = 5.5 * 3_600_000;
const day = (millis: number) =>
  /^(\d+)-(\d+)-(\d+)T([\d:]+)(\.\d+)Z$/.exec(iso(millis))!.slice(1) as [string, string, string, string, string];
const SPELLINGS: Readonly<Record<string, readonly [write: (millis: number) => string, layout: OpenRecordingOptions['layout']]>> = {
  iso: [iso, {}],
  offset: [(millis) => iso(millis + KOLKATA).replace('T', ' ').replace('Z', '+05:30'), {}],
  'no zone': [
    (millis) => iso(millis + KOLKATA).replace('Z', ''),
    { zone: { event: 'Asia/Kolkata', arrival: '+05:30' } },
  ],
  seconds: [(millis) => (millis / 1000).toFixed(3), {}],
  milliseconds: [(millis) => String(millis), {}],
  slashes: [(millis) => { const [y, m, d, time, ms] = day(millis); return `${y}/${m}/${d} ${time}${ms} UTC`; }, {}],
  pattern: [
    (millis) => { const [y, m, d, time, ms] = day(millis); return `${d}/${m}/${y} ${time}${ms}`; },
    { times: { event: ['dd/MM/yyyy HH:mm:ss.SSS'], arrival: ['dd/MM/yyyy HH:mm:ss.SSS'] } },
  ],
};
const NAMES: Readonly<Record<string, readonly [names: readonly string[], layout: OpenRecordingOptions['layout']]>> = {
  usual: [HEADER, {}],
  'in other letters': [['Device_FK_ID', 'LATITUDE', 'Longitude', 'TIME_STAMP', 'Sts', 'Speed', 'note'], {}],
  mapped: [
    ['imei', 'y', 'x', 'taken at', 'received, at', 'v', 'note'],
    { columns: { device: 'imei', latitude: '#2', longitude: 'x', event: 'taken at', arrival: '"received, at"', speed: 'V' } },
  ],
};
const ENCODINGS = ['utf-8', 'utf-8 with a mark', 'utf-16le with a mark', 'utf-16le'] as const;

/** Any dialect. */
export const dialect: fc.Arbitrary<Dialect> = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|', '^'),
    always: fc.boolean(),
    spelling: fc.constantFrom(...Object.keys(SPELLINGS)),
    naming: fc.constantFrom(...Object.keys(NAMES)),
    order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }),
    decimalComma: fc.boolean(),
    blanks: fc.boolean(),
    above: fc.constantFrom('', '\n\n', '# made by hand\n\n', 'sep=;\n', '# a, comment\n#another\n'),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    headless: fc.boolean(),
    encoding: fc.constantFrom(...ENCODINGS),
  })
  .map((kind) => {
    const { delimiter, always, spelling, naming, order: shuffled, blanks, above, lineEnd, headless, encoding } = kind;
    const order = naming === 'mapped' ? [0, 1, ...shuffled.filter((at) => at > 1)] : shuffled; // one is called by its number
    const [spell, times] = SPELLINGS[spelling]!;
    const [names, columns] = NAMES[naming]!;
    const decimalComma = kind.decimalComma && !(delimiter === ',' && !always);
    const decimal = (number: string) => (decimalComma ? number.replace('.', ',') : number);
    const line = (fields: readonly string[]) =>
      order
        .map((at) => quoted(fields[at]!, delimiter, always))
        .map((field) => (blanks && delimiter !== '\t' ? ` ${field}  ` : field))
        .join(delimiter);
    return {
      name: JSON.stringify(kind),
      options: {
        layout: {
          ...times,
          ...columns,
          ...(delimiter === '^' || headless ? { delimiter } : {}),
          ...(decimalComma && delimiter === ',' ? { decimal: ',' as const } : {}),
          ...(headless ? { header: order.map((at) => names[at]!), skip: above.split('\n').length - 1 } : {}),
          ...(encoding === 'utf-16le' ? { encoding } : {}),
        },
      },
      write: (fixes) => {
        const rows = fixes.map((fix) =>
          line([
            fix.device,
            decimal(fix.latitude),
            decimal(fix.longitude),
            spell(fix.event),
            spell(fix.arrival),
            decimal(fix.speed),
            fix.note,
          ]),
        );
        const written = above + [...(headless ? [] : [line(names)]), ...rows].map((row) => `${row}${lineEnd}`).join('');
        const marked = encoding.endsWith('a mark') ? `\ufeff${written}` : written;
        return Buffer.from(marked, encoding.startsWith('utf-16') ? 'utf16le' : 'utf8');
      },
    };
  });
