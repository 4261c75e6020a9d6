import { expect } from 'chai';
import { format } from 'date-fns/format';
import { parse } from 'date-fns/parse';
import fc from 'fast-check';
import { compilePattern } from '../../../src/domain/times/compilePattern.js';

/** Year 2020, as date-fns counts two-digit years from now on; by its local clock, of which no zone is ours to know. */
const REFERENCE = new Date(2020, 0, 1);
const PATTERNS = [
  'dd/MM/yyyy HH:mm:ss',
  'MM/dd/yyyy hh:mm:ss a',
  'd.M.yy H:m:s',
  'MMM d, yyyy HH:mm:ss',
  'dd-MMM-yyyy hh:mm:ss.SSS aa',
  'MMMM d yyyy, h:mm:ss aaaa',
  "EEE, d MMM yyyy HH:mm:ss 'o''clock'",
  'EEEE d MMMM yyyy HH:mm',
  'yyyyMMddHHmmssSSS',
  'yyyyMMddHHmm',
  'yyyy-MM-dd',
  "yyyy-MM-dd'T'HH:mm:ss.SS",
  'yy/MM/dd HH:mm:ss.S',
  'y-MM-dd HH.mm.ss',
  'dd/MM/yyyy HH:mm:ss xxx',
  'dd/MM/yyyy HH:mm:ssXX',
];
const DATE = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2069, 11) }).map((at) => new Date(at));
/** The microseconds that the local clock shows at a date. */
const wallOf = (date: Date) =>
  Date.UTC(
    date.getFullYear(),
    date.getMonth(),
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
    date.getMilliseconds(),
  ) * 1000;

describe('compilePattern', () => {
  it('should read what date-fns writes as date-fns reads it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PATTERNS), DATE, (pattern, date) => {
        const text = format(date, pattern);
        const read = compilePattern(pattern).read(text);
        const by = parse(text, pattern, REFERENCE);
        if (read?.offset === undefined) expect(read?.wall, `${pattern} ${text}`).to.equal(wallOf(by));
        else expect(read.wall - read.offset * 60_000_000, `${pattern} ${text}`).to.equal(by.getTime() * 1000);
      }),
      { numRuns: 2000 },
    );
  });

  it('should read no text otherwise than date-fns, whatever was changed in it', () => {
    const changes = fc.array(
      fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 2 }), fc.constantFrom('', '0', '1', '3', '9', '/', ':', ' ', 'PM', 'Feb', 'x')),
      { minLength: 1, maxLength: 2 },
    );
    const without = PATTERNS.filter((pattern) => !/S|E|x/i.test(pattern)); // a fraction is one of digits, and a wrong weekday is refused
    let read = 0;
    fc.assert(
      fc.property(fc.constantFrom(...without), DATE, changes, (pattern, date, changes) => {
        const text = changes.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), format(date, pattern));
        const found = compilePattern(pattern).read(text);
        if (!found) return;
        read++;
        const by = parse(text, pattern, REFERENCE);
        expect(found.wall, `${pattern} ${text}`).to.equal(wallOf(by));
      }),
      { numRuns: 3000 },
    );
    expect(read).to.be.greaterThan(100);
  });

  for (const [pattern, text, iso] of [
    ['dd/MM/yyyy HH:mm:ss', '4/5/2023 9:05:01', '2023-05-04T09:05:01.000000'],
    ['dd/MM/yyyy HH:mm:ss.SSS', '04/05/2023 09:05:01.5', '2023-05-04T09:05:01.500000'],
    ['dd/MM/yyyy HH:mm:ss.S', '04/05/2023 09:05:01.385959999', '2023-05-04T09:05:01.385959'],
    ['yyyyMMddHHmmssSSSSSS', '20211023123003385959', '2021-10-23T12:30:03.385959'],
    ['dd-MM-yyyy hh:mm:ss a', '23-10-2021 12:00:04 AM', '2021-10-23T00:00:04.000000'],
    ['dd-MM-yyyy hh:mm:ss a', '23-10-2021 12:00:04 p.m.', '2021-10-23T12:00:04.000000'],
    ['dd-MMM-yyyy HH:mm', '23-oCT-2021 12:30', '2021-10-23T12:30:00.000000'],
    ["yyyy-MM-dd HH:mm 'IST'", '2021-10-23 12:30 IST', '2021-10-23T12:30:00.000000'],
    ['yyyy-MM-dd [HH.mm] $', '2021-10-23 [12.30] $', '2021-10-23T12:30:00.000000'],
    ['yy-MM-dd', '70-01-01', '1970-01-01T00:00:00.000000'],
    ['yy-MM-dd', '69-01-01', '2069-01-01T00:00:00.000000'],
  ] as const) {
    it(`should read ${text} by ${pattern}`, () => {
      const read = compilePattern(pattern).read(text)!;
      expect(read).to.deep.equal({ wall: Date.parse(`${iso.slice(0, 19)}Z`) * 1000 + Number(iso.slice(20)), offset: undefined });
    });
  }

  for (const [pattern, text] of [
    ['dd/MM/yyyy HH:mm:ss', '31/02/2023 00:00:00'],
    ['dd/MM/yyyy HH:mm:ss', '04/13/2023 00:00:00'],
    ['dd/MM/yyyy HH:mm:ss', '04/05/2023 24:00:00'],
    ['dd/MM/yyyy HH:mm:ss', '04/05/2023 00:00:60'],
    ['dd/MM/yyyy HH:mm:ss', '04/05/2023 00:00:00 '],
    ['dd/MM/yyyy hh:mm a', '04/05/2023 13:00 PM'],
    ['dd/MM/yyyy hh:mm a', '04/05/2023 0:00 AM'],
    ['dd MMM yyyy', '04 Foo 2023'],
    ['EEE dd MMM yyyy', 'Mon 23 Oct 2021'],
    ['yyyyMMddHHmm', '20211023123'],
    ['dd/MM/yyyy HH:mm:ss.SSS', '04/05/2023 09:05:01.'],
    ['dd/MM/yyyy xxx', '04/05/2023 +24:00'],
    ['dd.MM.yyyy', '04x05x2023'],
  ] as const) {
    it(`should refuse ${text} by ${pattern}`, () => {
      expect(compilePattern(pattern).read(text)).to.equal(undefined);
    });
  }

  it("should take UTC, GMT or Z at the end, as a text, for the zone", () => {
    for (const [pattern, text] of [
      ["dd/MM/yyyy HH:mm 'UTC'", '04/05/2023 12:30 UTC'],
      ["dd/MM/yyyy HH:mm'Z'", '04/05/2023 12:30Z'],
    ] as const)
      expect(compilePattern(pattern).read(text)).to.deep.include({ offset: 0 });
  });

  for (const [pattern, fault] of [
    ['', 'has no year: write it like dd/MM/yyyy HH:mm:ss, with the letters of date-fns'],
    ['HH:mm', 'has no year: write it like dd/MM/yyyy HH:mm:ss, with the letters of date-fns'],
    ['yyyy HH:mm', 'has no month: write it like dd/MM/yyyy HH:mm:ss, with the letters of date-fns'],
    ['MM/yyyy HH:mm', 'has no day: write it like dd/MM/yyyy HH:mm:ss, with the letters of date-fns'],
    ['DD/MM/YYYY', 'has DD, which means nothing: write dd, as in dd/MM/yyyy HH:mm:ss'],
    ['dd/MM/YYYY', 'has YYYY, which means nothing: write yyyy, as in dd/MM/yyyy HH:mm:ss'],
    ['dd/MM/yyyy at HH:mm', 'has t, which means nothing: put it in single quotes, if it stands for itself, as in dd/MM/yyyy HH:mm:ss'],
    ['dd/mm/yyyy HH:mm', 'has the minute twice: MM is the month, and mm the minute'],
    ['dd/MM/yyyy hh:mm', 'has hh, the hour of a clock with AM and PM, and no a, which says which: write HH, or add a'],
    ['dd/MM/yyyy HH:mm a', 'has a, for AM or PM, without an hour from 1 to 12: write hh, or leave out a'],
    ['%d/%m/%Y %H:%M', 'is written with %: write it like dd/MM/yyyy HH:mm:ss, with the letters of date-fns'],
    ["dd/MM/yyyy 'at", "has a single quote that is not closed: write '' for the character"],
  ] as const) {
    it(`should say what is wrong with the pattern ${JSON.stringify(pattern)}`, () => {
      let said = '';
      try {
        compilePattern(pattern);
      } catch (error) {
        said = (error as Error).message;
      }
      expect(said).to.equal(fault);
    });
  }
});
