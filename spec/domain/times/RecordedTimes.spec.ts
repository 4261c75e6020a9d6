import { expect } from 'chai';
import fc from 'fast-check';
import { formatInstant, parseInstant } from '../../../src/domain/instant.js';
import { RecordedTimes } from '../../../src/domain/times/RecordedTimes.js';
import { instants } from '../../support/arbitraryFixes.js';

/** Texts, the instants that they are, and whether they name no zone. */
const READ: readonly (readonly [text: string, instant: string, isZoneless?: true])[] = [
  ['2021-10-23 12:30:00 UTC', '2021-10-23T12:30:00.000000Z'],
  ['2021-10-23 12:30:00.123 UTC', '2021-10-23T12:30:00.123000Z'],
  ['2021-10-23 12:30:00 GMT', '2021-10-23T12:30:00.000000Z'],
  ['2021-10-23 12:30:00 utc', '2021-10-23T12:30:00.000000Z'],
  ['2021-10-23T12:30:00UTC', '2021-10-23T12:30:00.000000Z'],
  ['2021-10-23 12:30:00 Z', '2021-10-23T12:30:00.000000Z'],
  ['2021-10-23 12:30:00+00', '2021-10-23T12:30:00.000000Z'],
  ['2021-10-23 12:30:00 +0000', '2021-10-23T12:30:00.000000Z'],
  ['2021-10-23 18:00:00 +05:30', '2021-10-23T12:30:00.000000Z'],
  ['2025-03-13 19:47:13.233407195 +0000 UTC', '2025-03-13T19:47:13.233407Z'],
  ['2021-10-23 18:00:00 +0530 IST', '2021-10-23T12:30:00.000000Z'],
  ['2021-10-23 18:00:00 +0530 +0530', '2021-10-23T12:30:00.000000Z'],
  ['2021-10-23T12:30:00Z[UTC]', '2021-10-23T12:30:00.000000Z'],
  ['2021-10-23T18:00:00+05:30[Asia/Kolkata]', '2021-10-23T12:30:00.000000Z'],
  ['2021-10-23T18:00:00[Asia/Kolkata]', '2021-10-23T12:30:00.000000Z'],
  ['2021-10-23T18:00:00[+05:30]', '2021-10-23T12:30:00.000000Z'],
  ['2021-10-23T18:00:00[!Asia/Kolkata][u-ca=gregory]', '2021-10-23T12:30:00.000000Z'],
  ['2021-10-23T12:30:00Z[u-ca=gregory]', '2021-10-23T12:30:00.000000Z'],
  ['2021/10/23 12:30:00', '2021-10-23T12:30:00.000000Z', true],
  ['2021/10/23 12:30:00.5+05:30', '2021-10-23T07:00:00.500000Z'],
  ['2021/1/5 9:05', '2021-01-05T09:05:00.000000Z', true],
  ['2021-10-23 9:05:00', '2021-10-23T09:05:00.000000Z', true],
  ['2021-10-23 12:30:00', '2021-10-23T12:30:00.000000Z', true],
  ['2021-10-23 12:30', '2021-10-23T12:30:00.000000Z', true],
  ['2021-10-23 12:30:00,123', '2021-10-23T12:30:00.123000Z', true],
  ['20211023T123003Z', '2021-10-23T12:30:03.000000Z'],
  ['20211023T1230Z', '2021-10-23T12:30:00.000000Z'],
  ['20211023T123003.385959+0530', '2021-10-23T07:00:03.385959Z'],
  ['20211023 12:30:03', '2021-10-23T12:30:03.000000Z', true],
  ['20211023T123003', '2021-10-23T12:30:03.000000Z', true],
  ['20211023123003', '2021-10-23T12:30:03.000000Z', true],
  ['20211023123003.5', '2021-10-23T12:30:03.500000Z', true],
  ['20211023123003Z', '2021-10-23T12:30:03.000000Z'],
  ['Sat, 23 Oct 2021 12:30:00 GMT', '2021-10-23T12:30:00.000000Z'],
  ['Sat, 23 Oct 2021 12:30:00 +0530', '2021-10-23T07:00:00.000000Z'],
  ['23 Oct 2021 12:30 -0800', '2021-10-23T20:30:00.000000Z'],
  ['Fri, 3 Sep 2021 02:30:00 PDT', '2021-09-03T09:30:00.000000Z'],
  ['Sat Oct 23 2021 18:00:00 GMT+0530', '2021-10-23T12:30:00.000000Z'],
  ['Sat Oct 23 2021 18:00:00 GMT+0530 (India Standard Time)', '2021-10-23T12:30:00.000000Z'],
  ['0', '1970-01-01T00:00:00.000000Z'],
  ['0.000', '1970-01-01T00:00:00.000000Z'],
  ['999999999', '2001-09-09T01:46:39.000000Z'],
  ['1634992203', '2021-10-23T12:30:03.000000Z'],
  ['1572911999.221', '2019-11-04T23:59:59.221000Z'],
  ['1572911999,221', '2019-11-04T23:59:59.221000Z'],
  ['1572911999.2210009', '2019-11-04T23:59:59.221000Z'],
  ['1634992203385', '2021-10-23T12:30:03.385000Z'],
  ['1634992203385.959', '2021-10-23T12:30:03.385959Z'],
  ['200109090146', '1976-05-05T01:51:30.146000Z'],
  ['1634992203385959', '2021-10-23T12:30:03.385959Z'],
  ['1634992203385959.9', '2021-10-23T12:30:03.385959Z'],
  ['1634992203385959123', '2021-10-23T12:30:03.385959Z'],
  ['999999999999999999', '2001-09-09T01:46:39.999999Z'],
];
const REFUSED = [
  '', ' ', 'now', '1', '12', '00', '-1', '1e9', '12345678', '12345678901', '12345678901234567', '9999999999', '12345678901234567890',
  '2021', '2021-10-23', '20211023', '12:30', '23-10-2021 12:30', '10/23/2021 12:30', '23.10.2021 12:30:00', '2021-10/23 12:30:00',
  '2021-10-23 12:30:00 IST', '2021-10-23 12:30:00 PM', '2021-10-23 12:30:00 AM UTC', '2021-10-23 12:30:00 +0530 PM',
  '2021-02-29 12:30:00 UTC', '2021/13/23 12:30:00', '20211023T246000Z', '20211023253003', '2021-10-23T24:00:00Z', '2016-12-31T23:59:60Z',
  '2021-10-23 12:30:00 +25:00', '2021-10-23 12:30:00 +05:60', '2021-10-23T12:30:00[Mars/Base]', '2021-10-23T12:30:00[IST]',
  '2021-10-23T12:30:00.1234567890Z', 'Sun, 23 Oct 2021 12:30:00 GMT', '31 Sep 2021 12:30:00 GMT', '23 Okt 2021 12:30:00 GMT',
  '23 Oct 2021 12:30:00', '23 Oct 2021 12:30:00 IST', '2300-01-01T00:00:00 UTC', '1600-01-01T00:00:00 UTC',
];

describe('RecordedTimes', () => {
  const times = new RecordedTimes();

  for (const [text, instant, isZoneless = false] of READ) {
    it(`should read ${text}`, () => {
      const read = times.read(text, '')!;
      expect(formatInstant(read.instant)).to.equal(instant);
      expect(read).to.include({ isZoneless, kind: 0 });
    });
  }

  for (const text of REFUSED) {
    it(`should refuse ${JSON.stringify(text)}`, () => {
      expect(times.read(text, '')).to.equal(undefined);
    });
  }

  it('should read whatever `parseInstant` reads, as it does, unless a zone is said for times that name none', () => {
    const written = fc.tuple(instants, fc.constantFrom('Z', '', '+05:30', '-08')).map(([at, zone]) => formatInstant(at).replace('Z', zone));
    const nepal = new RecordedTimes({ zone: '+05:45' });
    fc.assert(
      fc.property(written, (text) => {
        const instant = parseInstant(text);
        const isZoneless = /\.\d{6}$/.test(text);
        expect(times.read(text, '')).to.deep.equal(instant === undefined ? undefined : { instant, kind: 0, isZoneless });
        const later = isZoneless ? (345 * 60) * 1e6 : 0;
        if (instant !== undefined && Number.isSafeInteger(instant - later))
          expect(nepal.read(text, '')).to.deep.equal({ instant: instant - later, kind: 0, isZoneless });
      }),
    );
  });

  it('should read numbers of any of the four units to the microsecond', () => {
    const micros = fc.integer({ min: 1e14, max: 9e15 });
    fc.assert(
      fc.property(micros, fc.integer({ min: 0, max: 999 }), (instant, nanos) => {
        const [whole, part] = [Math.floor(instant / 1e6), String(instant % 1e6).padStart(6, '0')];
        const rest = String(nanos).padStart(3, '0');
        const seconds = `${whole}.${part}${rest}`;
        const spelled = [
          seconds,
          seconds.replace('.', ','),
          `${whole}${part.slice(0, 3)}.${part.slice(3)}${rest}`,
          `${whole}${part}`,
          `${whole}${part}${rest}`,
        ];
        for (const text of spelled) expect(times.read(text, ''), text).to.deep.equal({ instant, kind: 0, isZoneless: false });
      }),
    );
  });

  it('should take what is said of the zone: by the time itself, by its row, or for all', () => {
    const all = new RecordedTimes({ zone: 'Asia/Kolkata' });
    const read = (text: string, zone: string) => {
      const found = all.read(text, zone);
      return found && [formatInstant(found.instant).slice(11, 16), found.isZoneless];
    };
    expect(read('2021-10-23 18:00:00Z', '+02:00')).to.deep.equal(['18:00', false]);
    expect(read('2021-10-23 18:00:00 GMT', '+02:00')).to.deep.equal(['18:00', false]);
    expect(read('1634992203', '+02:00')).to.deep.equal(['12:30', false]);
    for (const zone of ['+02:00', '+0200', '+2', '+02', 'GMT+2', 'Europe/Berlin', 'europe/berlin'])
      expect(read('2021-10-23 18:00:00', zone), zone).to.deep.equal(['16:00', false]);
    expect(read('2021-10-23 18:00:00', 'UTC')).to.deep.equal(['18:00', false]);
    expect(read('2021-10-23 18:00:00', '')).to.deep.equal(['12:30', true]);
    expect(read('2021-10-23 18:00:00', 'IST')).to.equal(undefined);
    expect(all.fault('2021-10-23 18:00:00', 'IST')).to.equal(
      '"2021-10-23 18:00:00" has the zone "IST", which is not known: write an offset like +05:30, or a name like Asia/Kolkata',
    );
  });

  it('should try the patterns in their order, then what needs no saying', () => {
    const given = new RecordedTimes({ times: ['dd/MM/yyyy HH:mm', 'MM/dd/yyyy HH:mm', 'yyyyMMddHH'], zone: '+01:00' });
    const read = (text: string) => formatInstant(given.read(text, '')!.instant).slice(0, 16);
    expect(read('04/05/2023 12:30')).to.equal('2023-05-04T11:30');
    expect(read('04/25/2023 12:30')).to.equal('2023-04-25T11:30');
    expect(read('2021102312')).to.equal('2021-10-23T11:00');
    expect(read('1634992203')).to.equal('2021-10-23T12:30');
    expect(read('2021-10-23T12:30Z')).to.equal('2021-10-23T12:30');
  });

  it('should refuse a zone that is none', () => {
    expect(() => new RecordedTimes({ zone: 'Mars/Base' })).to.throw(
      Error,
      /^is not a time zone: give an offset like \+05:30, or a name like Asia\/Kolkata$/,
    );
  });

  const EXAMPLE = '2021-10-23T12:30:03Z';
  const NOT = 'is not a time';
  for (const [text, fault] of [
    ['', `is empty: a fix needs a time, such as ${EXAMPLE}`],
    ['23-10-2021 12:30', `"23-10-2021 12:30" ${NOT}: write it like ${EXAMPLE}, or read it with --times 'dd-MM-yyyy HH:mm'`],
    [
      '10/23/2021 12:30:00 PM',
      `"10/23/2021 12:30:00 PM" ${NOT}: write it like ${EXAMPLE}, or read it with --times 'MM/dd/yyyy hh:mm:ss a'`,
    ],
    [
      '04/05/23, 9:05',
      `"04/05/23, 9:05" ${NOT}: write it like ${EXAMPLE}, or read it with --times 'dd/MM/yy, H:mm' (or 'MM/dd/yy, H:mm', if the month comes first)`,
    ],
    ['Oct 23, 2021 12:30:00', `"Oct 23, 2021 12:30:00" ${NOT}: write it like ${EXAMPLE}, or read it with --times 'MMM d, yyyy HH:mm:ss'`],
    ['23-Oct-2021 12:30:00', `"23-Oct-2021 12:30:00" ${NOT}: write it like ${EXAMPLE}, or read it with --times 'dd-MMM-yyyy HH:mm:ss'`],
    ['23.10.2021T12:30:00', `"23.10.2021T12:30:00" ${NOT}: write it like ${EXAMPLE}, or read it with --times "dd.MM.yyyy'T'HH:mm:ss"`],
    ['2021-10-23', `"2021-10-23" ${NOT}: write it like ${EXAMPLE}, or read it with --times 'yyyy-MM-dd'`],
    [
      '2021-10-23 18:00:00 IST',
      `"2021-10-23 18:00:00 IST" ${NOT}: write it like ${EXAMPLE}, or read it with --times "yyyy-MM-dd HH:mm:ss 'IST'", and say with --zone what IST is`,
    ],
    [
      '2023-02-29T12:30:12Z',
      `"2023-02-29T12:30:12Z" ${NOT}: there is no such day or time of day in the years 1685 to 2254; write it like ${EXAMPLE}`,
    ],
    [
      '44492.52',
      `"44492.52" ${NOT}: a number must have 10 digits (seconds since 1970), 13 (milliseconds), 16 (microseconds), 19 (nanoseconds) or 14 (YYYYMMDDhhmmss) before the point; or say what it is with --times, as in --times yyyyMMddHHmm`,
    ],
    ['#N/A', `"#N/A" ${NOT}: write it like ${EXAMPLE}, or say how it is written, as in --times 'dd/MM/yyyy HH:mm:ss'`],
  ] as const) {
    it(`should say what is wrong with ${JSON.stringify(text)}, and what to write`, () => {
      expect(times.fault(text, '')).to.equal(fault);
    });
  }

  it('should propose patterns that read the text', () => {
    for (const text of [
      '23-10-2021 12:30',
      '10/23/2021 12:30:00 PM',
      '04/05/23, 9:05',
      'Oct 23, 2021 12:30:00',
      '23-Oct-2021',
      '2021-10-23 18:00:00 IST',
    ]) {
      const [, single, double] = /--times (?:'([^']*)'|"([^"]*)")/.exec(times.fault(text, ''))!;
      expect(new RecordedTimes({ times: [(single ?? double)!] }).read(text, ''), text).not.to.equal(undefined);
    }
  });
});
