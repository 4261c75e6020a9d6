import { expect } from 'chai';
import fc from 'fast-check';
import { viewed } from '../../../src/csv/copyBytes.js';
import { formatInstant } from '../../../src/domain/instant.js';
import { RecordedTimes } from '../../../src/domain/times/RecordedTimes.js';
import { IsoScanner } from '../../../src/recording/scan/IsoScanner.js';
import { TIME_BYTES } from '../../../src/recording/scan/TimeScanner.js';
import { instants } from '../../support/arbitraryFixes.js';

/** What is found of a text that stands somewhere, with a comma and something else behind it. */
function scan(scanner: IsoScanner, text: string, before = '', behind = ',7,x'): { readonly end: number; readonly instant: number } {
  const start = Buffer.byteLength(before);
  const bytes = Buffer.from(`${before}${text}${behind}`.padEnd(start + text.length + TIME_BYTES, '9'));
  const end = scanner.scan(viewed(bytes), start);
  return { end: end < 0 ? end : end - start, instant: scanner.instant };
}

/** The usual texts of times, all of which it is to take. */
const USUAL = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,9})?Z?$/;
const LAST_WHOLE_DAY = Number.MAX_SAFE_INTEGER - 86_400_000_000;

const TIMES = new RecordedTimes();
/** What it is to be. */
const parsedOf = (text: string) => TIMES.read(text, '')?.instant;

function expectAsParsed(scanner: IsoScanner, text: string, before?: string): void {
  const { end, instant } = scan(scanner, text, before);
  const parsed = parsedOf(text);
  if (end === text.length) expect(instant, text).to.equal(parsed);
  else if (parsed !== undefined && Math.abs(parsed) <= LAST_WHOLE_DAY && USUAL.test(text))
    expect.fail(`${text} was not taken`);
}

const time = fc
  .record({
    instant: instants,
    digits: fc.nat({ max: 10 }),
    more: fc.constantFrom('', '0', '7', '789'),
    separator: fc.constantFrom('T', ' ', 't'),
    zone: fc.constantFrom('Z', '', 'z', '+05:30'),
  })
  .map(({ instant, digits, more, separator, zone }) => {
    const [second = '', fraction = ''] = formatInstant(instant).slice(0, -1).replace('T', separator).split('.');
    const cut = (fraction + more).slice(0, digits);
    return `${second}${cut && '.'}${cut}${zone}`;
  });
/** One that differs in some places, anywhere. */
const changed = fc
  .tuple(
    time,
    fc.array(
      fc.tuple(
        fc.nat({ max: 40 }),
        fc.nat({ max: 2 }),
        fc.constantFrom('', '0', '1', '5', '6', '9', ':', '/', ';', '-', '.', 'Z', ' ', 'é', '\0'),
      ),
      { maxLength: 3 },
    ),
  )
  .map(([text, changes]) => changes.reduce((text, [place, cut, put]) => text.slice(0, place) + put + text.slice(place + cut), text));

describe('IsoScanner', () => {
  it('should say of what it takes what its reader says, and take all usual times, whatever it read before', () => {
    const scanner = new IsoScanner(new RecordedTimes());
    fc.assert(
      fc.property(
        fc.array(fc.oneof(time, changed), { minLength: 1, maxLength: 20 }),
        fc.constantFrom('', 'x', 'xy', 'é,é,'),
        (texts, before) => {
          for (const text of texts) {
            expectAsParsed(scanner, text, before);
            expectAsParsed(new IsoScanner(new RecordedTimes()), text, before);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('should keep apart minutes that have one place, and those that it does not take', () => {
    const scanner = new IsoScanner(new RecordedTimes());
    const minutes = Array.from({ length: 60 }, (_, minute) => String(minute).padStart(2, '0'));
    const texts = minutes.flatMap((minute) =>
      ['2021-10-23T12', '2021-10-23T13', '2021-10-23 12', '1969-12-31T23', '2021-02-29T12', '2021-10-23T1:'].map(
        (hour) => `${hour}:${minute}`,
      ),
    );
    const odd = ['2021-10-23T12:3é', '2021-10-23T12:3:', '2021-10-23T12:3;', '2021-10-23T12:3/', '2021-10-23T12:3\0', '2021-10-23T12:3?'];
    for (const seed of [1, 7, 11, 101]) {
      for (let i = 0; i < 2000; i++) {
        const all = [...texts, ...odd];
        expectAsParsed(scanner, `${all[(i * seed) % all.length]!}:0${i % 10}.5Z`);
      }
    }
  });

  it('should take no minute for one that it has not read, whichever place it has', () => {
    const isDigit = (byte: number) => byte >= 48 && byte <= 57; // 16 of them are microseconds
    for (let byte = 0; byte < 128; byte++)
      if (!isDigit(byte)) expect(scan(new IsoScanner(new RecordedTimes()), `${String.fromCharCode(byte).repeat(16)}:03Z`).end).to.equal(-1);
  });

  it('should read fractions of 1 to 9 digits to the microsecond, and refuse none and ten', () => {
    for (let digits = 0; digits <= 12; digits++) {
      const { end, instant } = scan(new IsoScanner(new RecordedTimes()), `2021-10-23T12:30:03.${'987654321123'.slice(0, digits)}`);
      if (digits === 0 || digits > 9) expect(end).to.equal(-1);
      else expect(instant).to.equal(parsedOf(`2021-10-23T12:30:03.${'987654321123'.slice(0, digits)}`));
    }
  });

  it('should take no digit for another, in the fraction and the seconds', () => {
    for (let byte = 0; byte < 128; byte++) {
      for (const place of [17, 18, 20, 21, 22, 23, 24, 25]) {
        const text = '2021-10-23T12:30:03.123456Z';
        expectAsParsed(new IsoScanner(new RecordedTimes()), text.slice(0, place) + String.fromCharCode(byte) + text.slice(place + 1));
      }
    }
  });

  it('should leave the last day, of which not every microsecond is an instant, and take those before', () => {
    expect(scan(new IsoScanner(new RecordedTimes()), formatInstant(LAST_WHOLE_DAY + 120_000_000)).end).to.equal(-1);
    expect(scan(new IsoScanner(new RecordedTimes()), formatInstant(LAST_WHOLE_DAY - 120_000_000)).instant).to.equal(
      LAST_WHOLE_DAY - 120_000_000,
    );
    expect(scan(new IsoScanner(new RecordedTimes()), '1684-07-28T00:12:30Z').end, 'nor the first minute').to.equal(-1);
  });

  it('should say where a time ends, whatever is behind it', () => {
    for (const behind of [',', '\n', 'Z', ' ', '0', '"', '+05:30']) {
      const { end } = scan(new IsoScanner(new RecordedTimes()), '2021-10-23T12:30:03.5Z', '', behind);
      expect(end).to.equal(22);
    }
  });
});
