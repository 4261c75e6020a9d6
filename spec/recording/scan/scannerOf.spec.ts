import { expect } from 'chai';
import { format } from 'date-fns/format';
import fc from 'fast-check';
import { viewed } from '../../../src/csv/copyBytes.js';
import { instantTimes } from '../../../src/domain/times/instantTimes.js';
import { RecordedTimes } from '../../../src/domain/times/RecordedTimes.js';
import { scannerOf } from '../../../src/recording/scan/scannerOf.js';
import { TIME_BYTES, type TimeScanner } from '../../../src/recording/scan/TimeScanner.js';

const PATTERNS = [
  'dd/MM/yyyy HH:mm:ss',
  'dd-MM-yyyy hh:mm:ss a',
  'MM/dd/yyyy HH:mm:ss.SSS',
  'yyyyMMddHHmmssSSSSSS',
  'dd-MMM-yyyy HH:mm',
  'yyyy-MM-dd',
  'ss.mm.HH dd.MM.yy',
  "EEE dd MMM yyyy HH:mm:ss 'UTC'",
  "yyyy-MM-dd HH:mm:ss'Z'",
];
const SPELLED = [
  "yyyy-MM-dd'T'HH:mm:ss.SSS",
  'yyyy/MM/dd HH:mm:ss',
  "yyyy-MM-dd HH:mm:ss 'UTC'",
  "yyyy-MM-dd'T'HH:mm:ss'+05:30'",
  "yyyy-MM-dd HH:mm:ss.SSS ''+0000 UTC''".replaceAll("''", "'"),
  "yyyy-MM-dd'T'HH:mm:ss'Z[UTC]'",
  "yyyy-MM-dd'T'HH:mm:ss'z'",
  "yyyy-MM-dd HH:mm:ss'-08'",
  "yyyy-MM-dd'T'HH:mm:ss'+05:30[Asia/Kolkata]'",
  "yyyy-MM-dd'T'HH:mm:ss'[Europe/Berlin]'",
  't',
  'T',
  "t'.221'",
  "t'.5000009'",
  "T'.75'",
  "T'385'",
  "T'385959'",
  "T'385.5'",
  "yyyyMMdd'T'HHmmss'Z'",
  'yyyyMMddHHmmss',
  'yyyy-MM-dd H:mm:ss',
  "'0'",
];
const ZONES = [undefined, '+05:45', 'Europe/Berlin', 'Africa/Monrovia'];

/** Near the changes of clocks, where many times are equal but for the second, and at any time. */
const dates = fc
  .oneof(
    fc
      .tuple(
        fc.constantFrom('2021-03-28T02:00', '2021-10-31T02:00', '1972-01-07T00:00', '2021-10-23T12:30'),
        fc.integer({ min: -4000, max: 4000 }),
      )
      .map(([time, seconds]) => new Date(`${time}:00`).getTime() + seconds * 1000),
    // half of that minute was skipped in Monrovia
    fc.integer({ min: 0, max: 59 }).map((second) => new Date(`1972-01-07T00:44:00`).getTime() + second * 1000),
    fc.integer({ min: Date.UTC(1973, 3), max: Date.UTC(2068, 0) }),
  )
  .map((at) => new Date(at));
const changes = fc.array(
  fc.tuple(
    fc.nat({ max: 40 }),
    fc.nat({ max: 2 }),
    fc.constantFrom('', '0', '1', '6', '9', ':', '/', '.', '-', '+', ' ', 'Z', 'x', 'é', '\0'),
  ),
  { maxLength: 2 },
);
const texts = (patterns: readonly string[]) =>
  fc.tuple(fc.constantFrom(...patterns), dates, fc.option(changes, { nil: [], freq: 3 })).map(([pattern, date, changes]) => ({
    usual: changes.length === 0,
    text: changes.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), format(date, pattern)),
  }));

/** How often a scanner took a usual text, and how often it was asked; it must say of what it takes what the reader says. */
function expectAsRead(
  scanner: TimeScanner,
  reader: RecordedTimes,
  given: readonly { readonly text: string; readonly usual: boolean }[],
): [number, number] {
  let [taken, asked] = [0, 0];
  for (const { text, usual } of given) {
    const bytes = Buffer.from(`${text},7,x`.padEnd(text.length + 4 + TIME_BYTES, '9'));
    const end = scanner.scan(viewed(bytes), 0);
    if (usual) asked++;
    if (end !== Buffer.byteLength(text)) continue; // what follows is no comma then, and the line is left
    if (usual) taken++;
    const { instant, kind, isZoneless } = scanner;
    expect({ instant, kind, isZoneless }, text).to.deep.equal(reader.read(text, ''));
  }
  return [taken, asked];
}

describe('scannerOf', () => {
  for (const zone of ZONES) {
    it(`should read what its reader reads, whatever was read before: in ${zone ?? 'no zone'}`, () => {
      let [taken, asked] = [0, 0];
      const scanner = scannerOf(new RecordedTimes({ zone }));
      fc.assert(
        fc.property(fc.array(texts(SPELLED), { maxLength: 20 }), (given) => {
          const found = expectAsRead(scanner, new RecordedTimes({ zone }), given);
          [taken, asked] = [taken + found[0], asked + found[1]];
        }),
        { numRuns: 150 },
      );
      expect(taken / asked).to.be.greaterThan(0.45); // about two in three; compact spellings and hours of one digit are left
    });

    for (const pattern of PATTERNS) {
      it(`should read times by ${pattern} as its reader does: in ${zone ?? 'no zone'}`, () => {
        let [taken, asked] = [0, 0];
        const reader = new RecordedTimes({ times: [pattern], zone });
        const scanner = scannerOf(reader);
        fc.assert(
          fc.property(fc.array(texts([pattern]), { maxLength: 20 }), (given) => {
            const found = expectAsRead(scanner, reader, given);
            [taken, asked] = [taken + found[0], asked + found[1]];
          }),
          { numRuns: 60 },
        );
        expect(taken / asked).to.be.greaterThan(zone === 'Africa/Monrovia' ? 0.5 : 0.95); // that minute is left
      });
    }
  }

  it('should take the usual spellings, and numbers of any unit', () => {
    for (const text of [
      '2021-10-23T12:30:03.385959Z',
      '2021/10/23 12:30:03',
      '2021-10-23 12:30:03 UTC',
      '2021-10-23 12:30:03.5+05:30',
      '1634992203',
      '1634992203.5',
      '1634992203385',
      '1634992203385959',
      '1634992203385959123',
      '999999999',
    ]) {
      const reader = new RecordedTimes();
      expect(expectAsRead(scannerOf(reader), reader, [{ text, usual: true }]), text).to.deep.equal([1, 1]);
    }
  });

  it('should take nothing for a pattern whose width varies, and for any other reader', () => {
    for (const reader of [new RecordedTimes({ times: ['d/M/yyyy H:mm'] }), instantTimes]) {
      const bytes = Buffer.from('2021-10-23T12:30:03Z,'.padEnd(64));
      expect(scannerOf(reader).scan(viewed(bytes), 0)).to.equal(-1);
    }
  });
});
