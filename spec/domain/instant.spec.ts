import { expect } from 'chai';
import fc from 'fast-check';
import { formatInstant, parseInstant } from '../../src/domain/instant.js';

const ACCEPTED: readonly (readonly [text: string, sameAs: string, micros?: number])[] = [
  ['2021-10-23T12:30:03Z', '2021-10-23T12:30:03Z'],
  ['2021-10-23 12:30:03Z', '2021-10-23T12:30:03Z'],
  ['2021-10-23t12:30:03z', '2021-10-23T12:30:03Z'],
  ['2021-10-23T12:30:03', '2021-10-23T12:30:03Z'],
  ['2021-10-23 12:30', '2021-10-23T12:30:00Z'],
  ['2021-10-23T12:30Z', '2021-10-23T12:30:00Z'],
  ['2021-10-23T12:30+05:30', '2021-10-23T07:00:00Z'],

  ['2021-10-23T12:30:03.3Z', '2021-10-23T12:30:03Z', 300_000],
  ['2021-10-23T12:30:03.38Z', '2021-10-23T12:30:03Z', 380_000],
  ['2021-10-23T12:30:03.385Z', '2021-10-23T12:30:03Z', 385_000],
  ['2021-10-23T12:30:03.3859Z', '2021-10-23T12:30:03Z', 385_900],
  ['2021-10-23T12:30:03.38595Z', '2021-10-23T12:30:03Z', 385_950],
  ['2021-10-23T12:30:03.385959Z', '2021-10-23T12:30:03Z', 385_959],
  ['2021-10-23T12:30:03.3859599Z', '2021-10-23T12:30:03Z', 385_959],
  ['2021-10-23T12:30:03.38595999Z', '2021-10-23T12:30:03Z', 385_959],
  ['2021-10-23T12:30:03.385959999Z', '2021-10-23T12:30:03Z', 385_959],
  ['2021-10-23T12:30:03.000001', '2021-10-23T12:30:03Z', 1],
  ['2021-10-23T12:30:03,5', '2021-10-23T12:30:03Z', 500_000],

  ['2021-10-23T12:30:03+00:00', '2021-10-23T12:30:03Z'],
  ['2021-10-23T12:30:03-00:00', '2021-10-23T12:30:03Z'],
  ['2021-10-23T12:30:03+05:30', '2021-10-23T07:00:03Z'],
  ['2021-10-23T12:30:03+0530', '2021-10-23T07:00:03Z'],
  ['2021-10-23T12:30:03+05', '2021-10-23T07:30:03Z'],
  ['2021-10-23T12:30:03-03:30', '2021-10-23T16:00:03Z'],
  ['2021-10-23T12:30:03-0330', '2021-10-23T16:00:03Z'],
  ['2021-10-23T12:30:03-08', '2021-10-23T20:30:03Z'],
  ['2021-10-23T12:30:03.25+23:59', '2021-10-22T12:31:03Z', 250_000],
  ['2021-12-31T23:59:59.999999-23:59', '2022-01-01T23:58:59Z', 999_999],

  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
  ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00Z'],
  ['2021-04-30T23:59:59Z', '2021-04-30T23:59:59Z'],
  ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z'],
  ['1969-12-31T23:59:59.999999Z', '1969-12-31T23:59:59Z', 999_999],
];

const REFUSED: readonly (readonly [why: string, ...texts: string[]])[] = [
  ['no text', '', ' ', 'now', 'NaN', 'undefined'],
  ['a number', '0', '1634992203', '1634992203385959', '2021'],
  ['a day alone', '2021-10-23', '2021-10-23T', '2021-10-23Z', '2021-10-23T12', '2021-10-23T12Z'],
  ['a time alone', '12:30:03', 'T12:30:03Z'],
  ['no such month', '2021-00-23T12:30:03Z', '2021-13-23T12:30:03Z'],
  ['no such day', '2021-10-00T12:30:03Z', '2021-10-32T12:30:03Z'],
  [
    'no such day in this month',
    '2021-04-31T12:30:03Z',
    '2021-06-31T12:30:03Z',
    '2021-09-31T12:30:03Z',
    '2021-11-31T12:30:03Z',
    '2024-02-30T12:30:03Z',
  ],
  ['no leap year', '2023-02-29T12:30:03Z', '1900-02-29T12:30:03Z', '2100-02-29T12:30:03Z'],
  ['no such hour', '2021-10-23T24:00:00Z', '2021-10-23T24:00Z', '2021-10-23T25:00:00Z', '2021-10-23T-1:00:00Z'],
  ['no such minute', '2021-10-23T12:60:00Z', '2021-10-23T12:99Z'],
  ['no such second', '2021-10-23T12:30:60Z', '2016-12-31T23:59:60Z', '2021-10-23T12:30:99'],
  ['an empty fraction', '2021-10-23T12:30:03.', '2021-10-23T12:30:03.Z', '2021-10-23T12:30:03,Z', '2021-10-23T12:30:03.+05:30'],
  ['ten digits of fraction', '2021-10-23T12:30:03.3859591234', '2021-10-23T12:30:03.3859591234Z'],
  [
    'a fraction of no number',
    '2021-10-23T12:30:03.3e5Z',
    '2021-10-23T12:30:03.-3Z',
    '2021-10-23T12:30:03.38 5Z',
    '2021-10-23T12:30:03.3.8Z',
  ],
  ['a fraction of a minute', '2021-10-23T12:30.5Z', '2021-10-23T12:30,5'],
  [
    'no such zone',
    '2021-10-23T12:30:03+24:00',
    '2021-10-23T12:30:03+2400',
    '2021-10-23T12:30:03+24',
    '2021-10-23T12:30:03+05:60',
    '2021-10-23T12:30:03-0560',
  ],
  [
    'a zone not written out',
    '2021-10-23T12:30:03+',
    '2021-10-23T12:30:03+5',
    '2021-10-23T12:30:03+5:30',
    '2021-10-23T12:30:03+05:',
    '2021-10-23T12:30:03+05:3',
    '2021-10-23T12:30:03+053',
  ],
  [
    'more than a zone',
    '2021-10-23T12:30:03ZZ',
    '2021-10-23T12:30:03Z+05',
    '2021-10-23T12:30:03+05:300',
    '2021-10-23T12:30:03+05:30:00',
    '2021-10-23T12:30:03+05-30',
  ],
  ['a zone in words', '2021-10-23T12:30:03UTC', '2021-10-23T12:30:03 GMT', '2021-10-23T12:30:03 IST', '2021-10-23T12:30:03[Asia/Kolkata]'],
  ['a zone of its own sign', '2021-10-23T12:30:03\u221205:30', '2021-10-23T12:30:03*05:30'],
  ['a blank before the zone', '2021-10-23T12:30:03 Z', '2021-10-23 12:30:03 +05:30'],
  [
    'blanks around it',
    ' 2021-10-23T12:30:03Z',
    '2021-10-23T12:30:03Z ',
    '2021-10-23T12:30:03 ',
    '2021-10-23T12:30:03Z\n',
    '\t2021-10-23T12:30:03Z',
    '\ufeff2021-10-23T12:30:03Z',
  ],
  [
    'other separators',
    '2021/10/23T12:30:03Z',
    '2021-10/23T12:30:03Z',
    '2021-10-23_12:30:03Z',
    '2021-10-23  12:30:03Z',
    '2021-10-23T12.30.03Z',
    '2021-10-23T12:30-03Z',
  ],
  ['no separators', '20211023T123003Z', '2021-10-2312:30:03Z'],
  ['another order', '23-10-2021T12:30:03Z', '10/23/2021 12:30:03', 'Sat, 23 Oct 2021 12:30:03 GMT'],
  [
    'a number of too few digits',
    '21-10-23T12:30:03Z',
    '2021-1-23T12:30:03Z',
    '2021-10-3T12:30:03Z',
    '2021-10-23T1:30:03Z',
    '2021-10-23T12:3:03Z',
    '2021-10-23T12:30:3Z',
  ],
  ['digits of another script', '२०२१-10-23T12:30:03Z', '2021-10-23T12:30:0３Z', '2021-10-23T12:30:03.٣Z'],
  ['a year with a sign', '+002021-10-23T12:30:03Z', '-2021-10-23T12:30:03Z'],
  [
    'a year out of reach',
    '0000-01-01T00:00:00Z',
    '0021-10-23T12:30:03Z',
    '0100-01-01T00:00:00Z',
    '1683-12-31T23:59:59Z',
    '2256-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ],
];

const MICROSECOND_OF_SECOND = 1_000_000n;
const FORM = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:[Zz]|([+-])(\d\d)(?::?(\d\d))?)?$/;

/** What a text means, slowly: a `Date` must read every number back as it was given, and big integers cannot round. */
function meaning(text: string): bigint | undefined {
  const [all, ...parts] = FORM.exec(text) ?? [];
  if (all === undefined) return undefined;
  const [year, month, day, hour, minute, second, , , zoneHours, zoneMinutes] = parts.map((part: string | undefined) =>
    Number(part ?? 0),
  ) as Ten;
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const readBack = [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
  if (readBack.join() !== [year, month, day, hour, minute, second].join() || zoneHours > 23 || zoneMinutes > 59) return undefined;
  const zone = BigInt(zoneHours * 3600 + zoneMinutes * 60) * (parts[7] === '-' ? -1n : 1n);
  const instant = (BigInt(date.getTime() / 1000) - zone) * MICROSECOND_OF_SECOND + BigInt((parts[6] ?? '').padEnd(6, '0').slice(0, 6));
  return instant >= Number.MIN_SAFE_INTEGER && instant <= Number.MAX_SAFE_INTEGER ? instant : undefined;
}
type Ten = [number, number, number, number, number, number, number, number, number, number];

const number = (least: number, most: number, width: number) =>
  fc.integer({ min: least, max: most }).map((n) => String(n).padStart(width, '0'));
const digits = (least: number, most: number) => fc.stringMatching(new RegExp(`^[0-9]{${least},${most}}$`));

/** Texts of the form of a time: real ones, and those whose month, day, hour, ... is a little too great. */
const timeText = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: number(1970, 2100, 4) }, { weight: 1, arbitrary: number(1000, 9999, 4) }),
    number(0, 13, 2),
    fc.oneof(number(1, 28, 2), number(0, 32, 2)),
    fc.constantFrom('T', ' ', 't'),
    number(0, 24, 2),
    number(0, 60, 2),
    fc.option(fc.tuple(number(0, 60, 2), fc.option(digits(1, 10), { nil: '' })), { nil: undefined }),
    fc.oneof(
      fc.constantFrom('', 'Z', 'z'),
      fc
        .tuple(fc.constantFrom('+', '-'), number(0, 24, 2), fc.constantFrom(':', ''), fc.option(number(0, 60, 2), { nil: '' }))
        .map((zone) => zone.join('')),
    ),
  )
  .map(([year, month, day, separator, hour, minute, second, zone]) => {
    const seconds = second === undefined ? '' : `:${second[0]}${second[1] === '' ? '' : `.${second[1]}`}`;
    return `${year}-${month}-${day}${separator}${hour}:${minute}${seconds}${zone}`;
  });

/** Such texts with one character more, less or other. */
const brokenTimeText = fc
  .tuple(timeText, fc.nat({ max: 40 }), fc.nat({ max: 1 }), fc.constantFrom('', ...'0159-+:.,TtZz /\u00e9'.split('')))
  .map(([text, at, less, more]) => text.slice(0, at) + more + text.slice(at + less));

const asInteger = (instant: number | undefined) => (instant === undefined ? undefined : BigInt(instant));

describe('parseInstant', () => {
  for (const [text, sameAs, micros = 0] of ACCEPTED) {
    it(`should read ${text}`, () => {
      expect(parseInstant(text)).to.equal(Date.parse(sameAs) * 1000 + micros);
    });
  }

  for (const [why, ...texts] of REFUSED) {
    it(`should refuse ${why}: ${texts.map((text) => JSON.stringify(text)).join(' ')}`, () => {
      expect(texts.filter((text) => parseInstant(text) !== undefined)).to.deep.equal([]);
    });
  }

  it('should reach as far as a double is exact, and no microsecond extra', () => {
    expect(parseInstant('1684-07-28T00:12:25.259009Z')).to.equal(Number.MIN_SAFE_INTEGER);
    expect(parseInstant('1684-07-28T00:12:25.259008Z')).to.equal(undefined);
    expect(parseInstant('2255-06-05T23:47:34.740991Z')).to.equal(Number.MAX_SAFE_INTEGER);
    expect(parseInstant('2255-06-05T23:47:34.740992Z')).to.equal(undefined);
  });

  it('should cut what is finer than a microsecond, also before 1970', () => {
    expect(parseInstant('2021-10-23T12:30:03.000001999Z')).to.equal(parseInstant('2021-10-23T12:30:03.000001Z'));
    expect(parseInstant('1969-12-31T23:59:59.999998999Z')).to.equal(-2);
  });

  it('should read and refuse what a Date that reads its numbers back does', () => {
    fc.assert(fc.property(timeText, (text) => { expect(asInteger(parseInstant(text))).to.equal(meaning(text)); }), { numRuns: 2000 });
  });

  it('should read and refuse what it does when one character is more, less or other', () => {
    fc.assert(fc.property(brokenTimeText, (text) => { expect(asInteger(parseInstant(text))).to.equal(meaning(text)); }), { numRuns: 2000 });
  });

  it('should refuse any other text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(asInteger(parseInstant(text))).to.equal(meaning(text));
      }),
    );
  });
});

/** Instants anywhere, and crowded around a midnight, so that many share a day, a second, a millisecond. */
const instant = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -2000, max: 2000 }),
  fc
    .integer({ min: -3, max: 3 })
    .chain((days) => fc.integer({ min: -2_000_000, max: 2_000_000 }).map((micros) => days * 86_400_000_000 + micros)),
);

/** By a `Date` to the millisecond, and by the last three digits of a big integer below it. */
function written(instant: number): string {
  const micros = ((BigInt(instant) % 1000n) + 1000n) % 1000n;
  return new Date(Number((BigInt(instant) - micros) / 1000n)).toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`);
}

describe('formatInstant', () => {
  const FORMATTED: readonly (readonly [instant: number, text: string])[] = [
    [0, '1970-01-01T00:00:00.000000Z'],
    [1, '1970-01-01T00:00:00.000001Z'],
    [-1, '1969-12-31T23:59:59.999999Z'],
    [999_999, '1970-01-01T00:00:00.999999Z'],
    [86_399_999_999, '1970-01-01T23:59:59.999999Z'],
    [86_400_000_000, '1970-01-02T00:00:00.000000Z'],
    [1_634_992_203_385_959, '2021-10-23T12:30:03.385959Z'],
    [1_709_164_800_000_000, '2024-02-29T00:00:00.000000Z'],
    [Number.MIN_SAFE_INTEGER, '1684-07-28T00:12:25.259009Z'],
    [Number.MAX_SAFE_INTEGER, '2255-06-05T23:47:34.740991Z'],
  ];
  for (const [instant, text] of FORMATTED) {
    it(`should write ${instant} as ${text}`, () => {
      expect(formatInstant(instant)).to.equal(text);
    });
  }

  it('should write what a Date does, with three digits more, whatever it wrote before', () => {
    fc.assert(fc.property(fc.array(instant), (instants) => { expect(instants.map(formatInstant)).to.deep.equal(instants.map(written)); }));
  });

  it('should write what parseInstant reads as the same instant', () => {
    fc.assert(fc.property(instant, (instant) => { expect(parseInstant(formatInstant(instant))).to.equal(instant); }));
  });

  it('should write texts whose order is the order of time', () => {
    fc.assert(
      fc.property(fc.array(instant, { minLength: 2 }), (instants) => {
        const byTime = [...new Set(instants)].sort((a, b) => (a < b ? -1 : 1)).map(formatInstant);
        expect([...byTime].sort()).to.deep.equal(byTime);
      }),
    );
  });
});
