import { expect } from 'chai';
import fc from 'fast-check';
import { LOG_COLUMNS, RECORDING_COLUMNS } from '../../src/domain/columns.js';
import { findColumns } from '../../src/domain/findColumns.js';
import { isRejected, parseFix, type Fix, type Row } from '../../src/domain/fix.js';
import { Noticed } from '../../src/domain/Noticed.js';

const HEADER = ['device_fk_id', 'latitude', 'longitude', 'time_stamp', 'sts', 'speed', 'note'];
const GOOD: Readonly<Record<string, string>> = {
  device_fk_id: '25029',
  latitude: '52.5200',
  longitude: '13.4050',
  time_stamp: '2021-10-23T12:30:01Z',
  sts: '2021-10-23 18:00:03.385959+05:30',
  speed: '42.0',
  note: 'on duty',
};
const FIX: Fix = {
  device: '25029',
  latitude: '52.5200',
  longitude: '13.4050',
  event: Date.UTC(2021, 9, 23, 12, 30, 1) * 1000,
  arrival: Date.UTC(2021, 9, 23, 12, 30, 3) * 1000 + 385_959,
  speed: '42.0',
  extra: ['on duty'],
};
const columns = findColumns(HEADER);

const rowOf = (fields: readonly string[]): Row => ({ fields, line: 17, raw: 'as it stands' });
/** A good row, but for these fields. */
const rowWith = (changed: Readonly<Record<string, string>>, header = HEADER) => rowOf(header.map((name) => changed[name] ?? GOOD[name]!));
const rejected = (reason: string) => ({ line: 17, reason, record: 'as it stands' });

describe('parseFix', () => {
  it('should read a fix, and echo what it need not understand as it was written', () => {
    expect(parseFix(rowWith({}), columns)).to.deep.equal(FIX);
  });

  it('should read it from columns in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(HEADER, { minLength: HEADER.length }), (header) => {
        expect(parseFix(rowWith({}, header), findColumns(header))).to.deep.equal(FIX);
      }),
    );
  });

  it('should read it from columns of other names', () => {
    const header = ['time', 'device_id', 'lat', 'lon', 'speed', 'event_time', 'note'];
    const row = rowOf([GOOD['sts']!, '25029', '52.5200', '13.4050', '42.0', GOOD['time_stamp']!, 'on duty']);
    expect(parseFix(row, findColumns(header, LOG_COLUMNS))).to.deep.equal(FIX);
  });

  it('should read degrees with their sign, as reports have them, and leave it out', () => {
    expect(parseFix(rowWith({ latitude: '52.5200°', longitude: '13.4050°' }), columns)).to.deep.equal(FIX);
    expect(parseFix(rowWith({ latitude: '°' }), columns)).to.deep.equal(rejected('latitude "" is not a number from -90 to 90'));
  });

  it('should read it without a speed if there is no such column', () => {
    const header = HEADER.filter((name) => name !== 'speed');
    expect(parseFix(rowWith({}, header), findColumns(header, { ...RECORDING_COLUMNS, speed: '' }))).to.deep.equal({ ...FIX, speed: '' });
  });

  it('should take degrees with their sign, and keep them without', () => {
    expect(parseFix(rowWith({ latitude: '52.5200°', longitude: '13.4050 °' }), columns)).to.deep.equal(FIX);
    for (const latitude of ['52°31', '°', '52.5°°']) expect(parseFix(rowWith({ latitude }), columns)).to.have.property('reason');
  });

  it('should take extra columns along as they were written, in their order', () => {
    const header = ['z', ...HEADER, 'a'];
    expect(parseFix(rowWith({ z: ' "7"\r\n', note: '', a: '007' }, header), findColumns(header))).to.have.deep.property('extra', [
      ' "7"\r\n',
      '',
      '007',
    ]);
    const bare = HEADER.slice(0, 6);
    expect(parseFix(rowWith({}, bare), findColumns(bare))).to.have.deep.property('extra', []);
  });

  it('should take ids that are equal as numbers for different devices', () => {
    const ids = ['7', '007', '7.0', ' 7', '7 ', '7e0', 'seven', 'A7', 'a7', 'नाम'];
    expect(ids.map((device_fk_id) => (parseFix(rowWith({ device_fk_id }), columns) as Fix).device)).to.deep.equal(ids);
  });

  it('should take numbers as they may be written, and keep them so', () => {
    for (const latitude of [
      '0',
      '-0',
      '+1',
      '007',
      '90',
      '-90',
      '90.0',
      '9e1',
      '1E1',
      '1e+1',
      '900e-1',
      '.5',
      '-.5',
      '5.',
      '89.99999999999999',
    ]) {
      expect(parseFix(rowWith({ latitude }), columns)).to.deep.equal({ ...FIX, latitude });
    }
    for (const longitude of ['180', '-180', '1.8e2', '179.9999999'])
      expect(parseFix(rowWith({ longitude }), columns)).to.deep.equal({ ...FIX, longitude });
    for (const speed of ['', '0', '-0', '.5', '1e2', '1e308', `0.${'0'.repeat(61)}1`])
      expect(parseFix(rowWith({ speed }), columns)).to.deep.equal({ ...FIX, speed });
  });

  it('should take every number that a program writes and that is within its bounds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.double({ min: -200, max: 200 })), (number) => {
        const text = String(number);
        const accepts = (column: string) => !isRejected(parseFix(rowWith({ [column]: text }), columns));
        expect(accepts('latitude')).to.equal(Math.abs(number) <= 90);
        expect(accepts('longitude')).to.equal(Math.abs(number) <= 180);
        const { speed } = parseFix(rowWith({ speed: text }), columns) as Fix;
        expect(speed).to.equal(number >= 0 && Number.isFinite(number) ? text : '');
      }),
    );
  });

  const NO_NUMBERS = [
    'x',
    'NaN',
    'Infinity',
    '-Infinity',
    '1e999',
    '0x10',
    '0b1',
    '0o7',
    ' 1',
    '1 ',
    '1\n',
    '\t',
    ' ',
    '.',
    '-',
    '+-1',
    '1,5',
    '1_0',
    '1e',
    '1e1.5',
    '1.2.3',
    '1n',
    '٣',
    'null',
  ];
  const REJECTED: readonly (readonly [changed: Readonly<Record<string, string>>, reason: string])[] = [
    [{ device_fk_id: '' }, 'device_fk_id is empty'],
    ...['', '90.0000001', '-90.0000001', '91', '1e2', ...NO_NUMBERS].map(
      (latitude) => [{ latitude }, `latitude ${JSON.stringify(latitude)} is not a number from -90 to 90`] as const,
    ),
    ...['', '180.0000001', '-180.0000001', '1e3', ...NO_NUMBERS].map(
      (longitude) => [{ longitude }, `longitude ${JSON.stringify(longitude)} is not a number from -180 to 180`] as const,
    ),
    ...['', 'x', '2023-02-29T00:00:00Z', '2021-10-23T25:00:00Z', '2021-10-23', '1634992203'].flatMap((time) => [
      [{ time_stamp: time }, `time_stamp "${time}" is not a time`] as const,
      [{ sts: time }, `sts "${time}" is not a time`] as const,
    ]),
    [{ sts: ' 2021-10-23T12:30:03Z' }, 'sts " 2021-10-23T12:30:03Z" is not a time'],
    [{ time_stamp: '2039-01-01T00:00:00Z' }, `time_stamp "2039-01-01T00:00:00Z" is more than 24h after sts "${GOOD['sts']!}"`],
    [{ latitude: 'a "quote"\n\u001b[31m' }, 'latitude "a \\"quote\\"\\n\\u001b[31m" is not a number from -90 to 90'],
    ...(['latitude', 'longitude'] as const).flatMap((column) => [
      [{ [column]: '0'.repeat(65) }, `${column} "${'0'.repeat(65)}" is longer than 64 characters`] as const,
      [{ [column]: `${'0'.repeat(80_000)}1 ` }, `${column} "${'0'.repeat(80)}…" is longer than 64 characters`] as const,
    ]),
    ...(['time_stamp', 'sts'] as const).map(
      (column) =>
        [
          { [column]: `2021-10-23T12:30:03.${'0'.repeat(80_000)}Z` },
          `${column} "2021-10-23T12:30:03.${'0'.repeat(60)}…" is not a time`,
        ] as const,
    ),
  ];
  for (const [changed, reason] of REJECTED) {
    it(`should reject a row because ${reason}`, () => {
      expect(parseFix(rowWith(changed), columns)).to.deep.equal(rejected(reason));
    });
  }

  for (const speed of ['-1', '-0.0001', '12 km/h', '\\N', 'NULL', 'NA', '0'.repeat(65), ...NO_NUMBERS]) {
    it(`should take ${JSON.stringify(speed.slice(0, 8))} for a speed that is not known, count it, and keep the position`, () => {
      const noticed = new Noticed();
      expect(parseFix(rowWith({ speed }), columns, { noticed })).to.deep.equal({ ...FIX, speed: '' });
      expect(noticed).to.include({ unknownSpeeds: 1, firstUnknownSpeed: speed });
    });
  }

  it('should take the numbers that stand for no speed for one that is not known, however they are written', () => {
    const options = { unknownSpeeds: [102.3, 1023] };
    for (const speed of ['102.3', '102.30', '1023', '1023.0'])
      expect(parseFix(rowWith({ speed }), columns, options)).to.deep.equal({ ...FIX, speed: '' });
    expect(parseFix(rowWith({ speed: '102.2' }), columns, options)).to.deep.equal({ ...FIX, speed: '102.2' });
  });

  it('should count neither a speed that is there, nor one that is empty, nor one of a row that is rejected', () => {
    const noticed = new Noticed();
    for (const speed of ['', '0', '12.5']) parseFix(rowWith({ speed }), columns, { noticed });
    parseFix(rowWith({ speed: '-1', latitude: '181' }), columns, { noticed });
    expect(noticed).to.deep.equal(new Noticed());
  });

  it('should read a latitude and a longitude with their hemispheres beside them', () => {
    const header = [...HEADER, 'ns', 'ew'];
    const with2 = { ...findColumns(header), joined: { latitude: [1, 7], longitude: [2, 8] } };
    const read = (latitude: string, ns: string, longitude: string, ew: string) => {
      const found = parseFix(rowWith({ latitude, ns, longitude, ew }, header), { ...with2, extra: [], count: header.length });
      return isRejected(found) ? found.reason : [found.latitude, found.longitude];
    };
    expect(read('52.50', 'N', '13.4', 'E')).to.deep.equal(['52.50', '13.4']);
    expect(read('52.50', 's', '13.4', 'w')).to.deep.equal(['-52.50', '-13.4']);
    expect(read('+52.50', 'S', '013.4', 'W')).to.deep.equal(['-52.50', '-013.4']);
    expect(read('N', '52.50', 'W', '13.4')).to.deep.equal(['52.50', '-13.4']);
    expect(read('-52.50', 'S', '13.4', 'E')).to.equal('latitude "-52.50 S" is not a number from -90 to 90');
    expect(read('52.50', 'E', '13.4', 'E')).to.equal('latitude "52.50 E" is not a number from -90 to 90');
    expect(read('52.50', 'N', '13.4', 'S')).to.equal('longitude "13.4 S" is not a number from -180 to 180');
    expect(read('52.50', '', '13.4', 'E')).to.equal('latitude "52.50 " is not a number from -90 to 90');
  });

  it('should reject a row of another width', () => {
    const fields = HEADER.map((name) => GOOD[name]!);
    expect(parseFix(rowOf(fields.slice(0, 6)), columns)).to.deep.equal(rejected('6 columns instead of 7'));
    expect(parseFix(rowOf([...fields, 'x']), columns)).to.deep.equal(rejected('8 columns instead of 7'));
    expect(parseFix(rowOf(['']), columns)).to.deep.equal(rejected('1 column instead of 7'));
  });

  it('should pass over empty fields after the last column, and miss none of a column without a name', () => {
    const fields = HEADER.map((name) => GOOD[name]!);
    expect(parseFix(rowOf([...fields, '', '']), columns)).to.deep.equal(FIX);
    const open = findColumns([...HEADER, '', '']);
    expect(parseFix(rowOf(fields), open)).to.deep.equal({ ...FIX, extra: ['on duty', '', ''] });
    expect(parseFix(rowOf([...fields, 'x']), open)).to.deep.equal({ ...FIX, extra: ['on duty', 'x', ''] });
    expect(parseFix(rowOf(fields.slice(0, 6)), open)).to.deep.equal(rejected('6 columns instead of 9'));
  });

  it('should name columns in its reasons as they are called in the file', () => {
    const names = { device: 'imei', latitude: 'y', longitude: 'x', event: 'taken', arrival: 'received_at', speed: 'v' };
    const [header, good] = [Object.values(names), ['7', '1', '2', '2021-10-23T12:30Z', '2021-10-23T12:30Z', '3']];
    const reasons = good.slice(0, 5).map((_, at) => parseFix(rowOf(good.with(at, at === 0 ? '' : '?')), findColumns(header, names)));
    expect(reasons).to.deep.equal([
      rejected('imei is empty'),
      rejected('y "?" is not a number from -90 to 90'),
      rejected('x "?" is not a number from -180 to 180'),
      rejected('taken "?" is not a time'),
      rejected('received_at "?" is not a time'),
    ]);
    const ahead = rowOf(good.with(3, '2021-10-24T12:31Z'));
    expect(parseFix(ahead, findColumns(header, names))).to.deep.equal(
      rejected('taken "2021-10-24T12:31Z" is more than 24h after received_at "2021-10-23T12:30Z"'),
    );
  });

  const sts = '2021-10-23T12:30:03.385959Z';
  const AHEAD: readonly (readonly [limit: string, maxClockAhead: number | undefined, at: string, over: string, written: string])[] = [
    ['24 hours', undefined, '2021-10-24T12:30:03.385959Z', '2021-10-24T12:30:03.385960Z', '24h'],
    ['2 seconds', 2000, '2021-10-23T12:30:05.385959Z', '2021-10-23T12:30:05.385960Z', '2s'],
    ['250 ms', 250, '2021-10-23T12:30:03.635959Z', '2021-10-23T12:30:03.635960Z', '250ms'],
    ['nothing', 0, sts, '2021-10-23T12:30:03.385960Z', '0s'],
  ];
  for (const [limit, maxClockAhead, at, over, written] of AHEAD) {
    it(`should take a device clock that is ahead by ${limit}, and reject one a microsecond extra, if that is the limit`, () => {
      const options = maxClockAhead === undefined ? {} : { maxClockAhead };
      expect(parseFix(rowWith({ sts, time_stamp: at }), columns, options)).to.include({ device: '25029' });
      expect(parseFix(rowWith({ sts, time_stamp: over }), columns, options))
        .to.deep.equal(rejected(`time_stamp "${over}" is more than ${written} after sts "${sts}"`));
    });
  }

  it('should reject a clock that is behind by more than it may be, and take one that is behind by as much', () => {
    const options = { maxClockBehind: 2000 };
    const [at, over] = ['2021-10-23T12:30:01.385959Z', '2021-10-23T12:30:01.385958Z'];
    expect(parseFix(rowWith({ sts, time_stamp: at }), columns, options)).to.include({ device: '25029' });
    expect(parseFix(rowWith({ sts, time_stamp: over }), columns, options))
      .to.deep.equal(rejected(`time_stamp "${over}" is more than 2s before sts "${sts}"`));
  });

  it('should take a fix that arrives years after it was taken', () => {
    expect(parseFix(rowWith({ time_stamp: '1999-12-31T23:59:59Z' }), columns)).to.include({
      event: Date.UTC(1999, 11, 31, 23, 59, 59) * 1000,
    });
  });

  it('should make of any row a fix or a rejected row with its line and text, and never throw', () => {
    const field = fc.oneof(fc.constantFrom(...Object.values(GOOD)), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(fc.array(field, { minLength: 5, maxLength: 9 }), (fields) => {
        const parsed = parseFix(rowOf(fields), columns);
        if (isRejected(parsed))
          expect(parsed).to.include({ line: 17, record: 'as it stands' }).and.property('reason').a('string').not.empty;
        else
          expect(parsed)
            .to.include({ device: fields[0], latitude: fields[1], longitude: fields[2] })
            .and.property('speed')
            .oneOf(['', fields[5]]);
      }),
    );
  });
});

describe('isRejected', () => {
  it('should tell a rejected row from a fix', () => {
    expect(isRejected(parseFix(rowWith({}), columns))).to.equal(false);
    expect(isRejected(parseFix(rowWith({ sts: '' }), columns))).to.equal(true);
  });
});
