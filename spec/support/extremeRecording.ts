import fc from 'fast-check';

const LONG = 100_000;

/** Times that a database, a language or a sheet has for none, its first or its last, and the ends of what an instant can be. */
const TIMES = [
  ...[
    '0000-00-00 00:00:00',
    '0000-00-00T00:00:00Z',
    '0000-01-01 00:00:00',
    '0001-01-01T00:00:00Z',
    '1601-01-01T00:00:00Z',
    '1899-12-30 00:00:00',
    '1900-01-00 00:00:00',
  ],
  ...[
    '1970-01-01 00:00:00',
    '1970-01-01T00:00:00.000000Z',
    '1969-12-31T23:59:59.999999Z',
    '1970-00-01 00:00:00',
    '1970-01-00 00:00:00',
    '2038-01-19T03:14:07Z',
    '2038-01-19 03:14:08',
  ],
  ...[
    '1684-07-27T23:59:59Z',
    '1684-07-28T00:00:00Z',
    '1684-07-28T00:12:25.259008Z',
    '1684-07-28T00:12:25.259009Z',
    '1684-07-28 00:12:26',
    '1684-07-29T00:00:00Z',
  ],
  ...[
    '2255-06-04T23:59:59.999999Z',
    '2255-06-05 00:00:00',
    '2255-06-05T23:47:34.740990Z',
    '2255-06-05T23:47:34.740991Z',
    '2255-06-05T23:47:34.7409919Z',
    '2255-06-05T23:47:34.740992Z',
  ],
  ...[
    '2255-06-05 23:47:35',
    '2255-06-05T23:59:59.999999Z',
    '2255-06-06T00:00:00Z',
    '2255-06-06T05:17:34.740991+05:30',
    '9999-12-31T23:59:59.999999Z',
    '99999-12-31T23:59:59Z',
  ],
  ...[
    '2021-10-23T12:30:03.385959123+05:30',
    `2021-10-23T12:30:03.${'0'.repeat(LONG)}Z`,
    `2021-10-23T12:30:03${' '.repeat(LONG)}`,
    '0'.repeat(LONG),
    '',
    'NULL',
    '0',
    '9007199254740993',
  ],
];
const USUAL_TIMES = [
  '2021-10-23T12:30:03Z',
  '2021-10-23 12:30:03.000001',
  '2021-10-23T12:30:03.999999Z',
  '2021-10-24T12:30:03Z',
  '2021-10-24T12:30:03.000001Z',
  '2021-02-29T00:00:00Z',
  '2021-10-23T23:59:59.9Z',
  '2021-10-23T24:00:00Z',
];

const NUMBERS = [
  ...[
    '0',
    '-0',
    '+0',
    '0.0',
    '00',
    '-00.00',
    '.0',
    '0.',
    '-.0',
    '0e0',
    '',
    ' ',
    '-',
    '.',
    '+',
    'e',
    'NaN',
    'Infinity',
    '-Infinity',
    '0x10',
    '1_0',
    '1 ',
  ],
  ...[
    '90',
    '90.0',
    '-90',
    '89.999999999999999',
    '90.000000000000001',
    '180',
    '-180.0',
    '179.99999999999999',
    '180.00000000000003',
    '999',
    '999.9',
    '1000',
    '1000.0',
    '9999',
    '12345',
  ],
  ...[
    '5e-324',
    '1e-400',
    '1.7976931348623157e308',
    '1.7976931348623159e308',
    '1e309',
    '2147483648',
    '4294967296',
    '4294967297',
    '9007199254740993',
    '18446744073709551617',
  ],
  ...[62, 63, 64, 65].flatMap((length) => [
    '0'.repeat(length),
    `1.${'0'.repeat(length - 2)}`,
    `-1.${'9'.repeat(length - 3)}`,
    `89.${'9'.repeat(length - 3)}`,
  ]),
  ...[
    '0'.repeat(LONG),
    `${'0'.repeat(LONG)}1`,
    `${'0'.repeat(LONG)} `,
    `0.${'0'.repeat(LONG)}1`,
    `-${'9'.repeat(LONG)}`,
    `1e${'0'.repeat(LONG)}1`,
    '-'.repeat(LONG),
  ],
];
const USUAL_NUMBERS = ['1', '-12.5', '12.50', '0.000001', '-0.5', '89', '1e1'];

const TEXTS = [
  '',
  '0',
  '-0',
  '7',
  '007',
  '7.0',
  ' ',
  '\0',
  '\r',
  'x\ry',
  '\r\r',
  '\u2028',
  '\ufeff',
  '__proto__',
  'constructor',
  'नाम',
  '\u{1f600}',
  'x'.repeat(LONG),
  'é'.repeat(LONG / 2),
];
const USUAL_TEXTS = ['7', '8', 'a b', 'é'];
const QUOTED = ['""', '"a,b"', '"two\nlines"', '"q""q"', 'q"q', '"7"', '"two\r\nlines"', '"\r"'];

/** The values, by the column in which they may stand. */
const EXTREMES = { device_fk_id: TEXTS, latitude: NUMBERS, longitude: NUMBERS, time_stamp: TIMES, sts: TIMES, speed: NUMBERS, note: TEXTS };

/** Rows by their columns: a usual one, and for each extreme value one that has it. */
export const USUAL_ROW = {
  device_fk_id: '7',
  latitude: '1',
  longitude: '2',
  time_stamp: '2021-10-23T12:30:03Z',
  sts: '2021-10-23T12:30:03Z',
  speed: '3',
  note: 'x',
};
export const EXTREME_ROWS = Object.entries(EXTREMES).flatMap(([column, values]) => {
  const both = (value: string) => (column === 'sts' ? { time_stamp: value } : {}); // or most would be rejected for a clock that is ahead
  return values.map((value) => ({ ...USUAL_ROW, [column]: value, ...both(value) }));
});

/** An item of some usual ones mostly, and else of others. */
const mostly = (usual: readonly string[], others: readonly string[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const number = mostly(USUAL_NUMBERS, NUMBERS);
const time = fc.oneof(fc.constantFrom(...USUAL_TIMES), fc.constantFrom(...TIMES));
/** Event and arrival: the same one half of the time, so that the clock is not ahead. */
const times = fc.oneof(time.map((text) => [text, text]), fc.tuple(time, time));
const text = mostly(USUAL_TEXTS, TEXTS);

const COLUMNS = ['device_fk_id', 'latitude', 'longitude', 'time_stamp', 'sts', 'speed', 'note', 'größe'];
const FEWEST = 5; // the first so many must be there

export interface ExtremeRecordingOptions {
  /** Which fields may be in quotes; `open` ones never end. Default: none. */
  readonly quotes?: 'none' | 'closed' | 'open';
}

export interface ExtremeRecording {
  readonly text: string;
  readonly hasSpeed: boolean;
}

/**
 * A recording whose values are zero, the smallest, the largest, one beyond, or 100,000 characters long, from its first
 * row on, its columns in any order.
 */
export const extremeRecording = ({ quotes = 'none' }: ExtremeRecordingOptions = {}): fc.Arbitrary<ExtremeRecording> => {
  const quoted = quotes === 'open' ? [...QUOTED, '"'] : QUOTED;
  const extra = quotes === 'none' ? text : fc.oneof({ weight: 12, arbitrary: text }, { weight: 1, arbitrary: fc.constantFrom(...quoted) });
  const row = fc
    .tuple(extra, number, number, times, number, extra, extra)
    .map(([device, latitude, longitude, [event, arrival], speed, ...rest]) => [
      device,
      latitude,
      longitude,
      event,
      arrival,
      speed,
      ...rest,
    ]);
  return fc
    .record({
      order: fc
        .shuffledSubarray([...COLUMNS.keys()], { minLength: FEWEST })
        .filter((order) => COLUMNS.slice(0, FEWEST).every((_, i) => order.includes(i))),
      rows: fc.array(fc.tuple(row, fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, -1)), { maxLength: 25 }),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      last: fc.constantFrom('', '\n', '\r\n', '\r', '\n\n'),
    })
    .map(({ order, rows, lineEnd, last }) => {
      const line = (fields: readonly string[], wider = 0) =>
        [...order.map((i) => fields[i]!), ''].slice(0, wider > 0 ? undefined : wider - 1).join(',');
      return {
        text: [line(COLUMNS), ...rows.map(([fields, wider]) => line(fields, wider))].join(lineEnd) + (rows.length > 0 ? last : lineEnd),
        hasSpeed: order.includes(COLUMNS.indexOf('speed')),
      };
    });
};
