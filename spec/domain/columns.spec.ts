import { expect } from 'chai';
import fc from 'fast-check';
import { findColumns, findLogColumns, LATE_COLUMNS, LOG_COLUMNS, RECORDING_COLUMNS } from '../../src/domain/columns.js';
import { shown } from '../../src/domain/shown.js';

const HEADER = ['device_fk_id', 'latitude', 'longitude', 'time_stamp', 'sts', 'speed'];
const LOG = ['time', 'device_id', 'lat', 'lon', 'speed', 'event_time'];
const without = (...names: readonly string[]) => HEADER.filter((name) => !names.includes(name));

describe('findColumns', () => {
  it('should find the columns of a recording by their names', () => {
    const { position, extra, count, names } = findColumns(HEADER);
    expect(position).to.deep.equal({ device: 0, latitude: 1, longitude: 2, event: 3, arrival: 4, speed: 5, zone: -1 });
    expect(extra).to.deep.equal([]);
    expect(count).to.equal(6);
    expect(names).to.equal(RECORDING_COLUMNS);
  });

  it('should find the columns of a log', () => {
    const { position, extra } = findColumns(['time', 'device_id', 'lat', 'lon', 'speed', 'event_time', 'note'], LOG_COLUMNS);
    expect(position).to.deep.equal({ arrival: 0, device: 1, latitude: 2, longitude: 3, speed: 4, event: 5, zone: -1 });
    expect(extra).to.deep.equal([{ name: 'note', was: 'note', position: 6 }]);
  });

  it('should find them in any order, and keep the order of the extra ones', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...HEADER, 'note', 'driver', ''], { minLength: 9 }), (header) => {
        const { position, extra, count } = findColumns(header);
        expect(Object.entries(position).filter(([part]) => part !== 'zone').map(([part, at]) => [RECORDING_COLUMNS[part as keyof typeof position], at]))
          .to.have.deep.members(HEADER.map((name) => [name, header.indexOf(name)]));
        expect(extra.map(({ was }) => was)).to.deep.equal(header.filter((name) => !HEADER.includes(name)));
        expect(extra.every(({ was, position }) => header[position] === was)).to.equal(true);
        expect(count).to.equal(9);
      }),
    );
  });

  it('should find mapped names', () => {
    const names = { ...RECORDING_COLUMNS, device: 'imei', arrival: 'received_at' };
    const { position, extra } = findColumns(['received_at', 'imei', ...without('device_fk_id', 'sts')], names);
    expect(position).to.include({ arrival: 0, device: 1, latitude: 2 });
    expect(extra).to.deep.equal([]);
  });

  it('should take names that change places', () => {
    const names = { ...RECORDING_COLUMNS, latitude: 'longitude', longitude: 'latitude' };
    expect(findColumns(HEADER, names).position).to.include({ latitude: 2, longitude: 1 });
  });

  it('should take a part\'s name for another if the part is mapped away', () => {
    const names = { ...RECORDING_COLUMNS, device: 'imei' };
    expect(findColumns(['imei', ...HEADER], names).extra).to.deep.equal([{ name: 'device_fk_id', was: 'device_fk_id', position: 1 }]);
  });

  it('should look for no speed if it is mapped to nothing', () => {
    const names = { ...RECORDING_COLUMNS, speed: '' };
    expect(findColumns(without('speed'), names).position.speed).to.equal(-1);
    const { position, extra } = findColumns(['', ...without('speed')], names);
    expect(position.speed).to.equal(-1);
    expect(extra).to.deep.equal([{ name: 'column_1', was: '', position: 0 }]);
  });

  for (const [what, header, extra, names] of [
    ['a name of the log', [...HEADER, 'time', 'lat'], ['time_2', 'lat_2']],
    ['a name of the late file, or of an answer', ['reason', ...HEADER, 'age_seconds'], ['reason_2', 'age_seconds_2']],
    ['a name that stands twice', ['note', ...HEADER, 'note', 'note'], ['note', 'note_2', 'note_3']],
    ['the name of a column before it', [...HEADER, 'sts'], ['sts']],
    ['no name', ['', ...HEADER, ''], ['column_1', 'column_8']],
    [
      'a name that is free, where another would get it',
      [...HEADER, 'time', 'time_2', '', 'column_9'],
      ['time_3', 'time_2', 'column_9_2', 'column_9'],
    ],
    ['the name of the speed, which is said not to be one', HEADER, ['speed_2'], { ...RECORDING_COLUMNS, speed: '' }],
  ] as const) {
    it(`should give a extra column a name of its own in the log if it has ${what}`, () => {
      const columns = findColumns(header, names);
      expect(columns.extra.map(({ name }) => name)).to.deep.equal(extra);
      for (const { was, position } of columns.extra) expect(was).to.equal(header[position]);
    });
  }

  it('should give every extra column a name that no other has, and that the log can be asked for', () => {
    const name = fc.constantFrom(
      '',
      'time',
      'time_2',
      'lat',
      'reason',
      'latest_event_time',
      'age_seconds',
      'sts',
      'note',
      'note_2',
      'column_7',
      'column_7_2',
    );
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), (others) => {
        const names = findColumns([...HEADER, ...others]).extra.map(({ name }) => name);
        expect(new Set(names).size).to.equal(others.length);
        for (const header of [
          [...LOG, ...names],
          [...LOG, ...names, ...LATE_COLUMNS],
        ])
          expect(findLogColumns(header).extra.map(({ name }) => name)).to.deep.equal(names);
      }),
    );
  });

  it('should tell of any number of columns in a moment', () => {
    const header = [...HEADER, ...Array.from({ length: 300_000 }, (_, i) => `note ${i}`)];
    expect(findColumns(header).extra).to.have.length(300_000);
    expect(findColumns([...header, 'note 299999']).extra.at(-1)).to.deep.equal({
      name: 'note 299999_2',
      was: 'note 299999',
      position: 300_006,
    });
    expect(findColumns([...HEADER, ...Array.from({ length: 300_000 }, () => 'note')]).extra.at(-1)!.name).to.equal('note_300000');
  });

  const has = (...header: readonly string[]) => `; it has ${header.map((name) => `"${name}"`).join(', ')}`;
  const ALL =
    '"device_fk_id" (device), "latitude" (latitude), "longitude" (longitude), "time_stamp" (event), "sts" (arrival), "speed" (speed)';
  const NAME_ALL = 'device=NAME,latitude=NAME,longitude=NAME,event=NAME,arrival=NAME,speed=NAME (speed= if there is none)';
  const mapped = { ...RECORDING_COLUMNS, device: 'imei', event: 'taken' };
  const REFUSED: readonly (readonly [what: string, header: readonly string[], reason: string, names?: typeof RECORDING_COLUMNS])[] = [
    [
      'a missing column',
      without('sts'),
      `the header has no column "sts" (arrival): say which to read with --columns arrival=NAME${has(...without('sts'))}`,
    ],
    [
      'several missing columns',
      without('latitude', 'longitude'),
      `the header has no column "latitude" (latitude), "longitude" (longitude): say which to read with --columns latitude=NAME,longitude=NAME${has(...without('latitude', 'longitude'))}`,
    ],
    [
      'a missing speed',
      without('speed'),
      `the header has no column "speed" (speed): say which to read with --columns speed=NAME (speed= if there is none)${has(...without('speed'))}`,
    ],
    [
      'one column',
      ['device_fk_id;latitude'],
      'the header is one column, "device_fk_id;latitude": lastfix reads CSV, with a header whose names are separated by commas',
    ],
    ['no name at all', ['', ''], `the header has no column ${ALL}: say which to read with --columns ${NAME_ALL}${has('', '')}`],
    [
      'a missing mapped column, beside one that is there',
      ['taken', ...HEADER],
      `the header has no column "imei" (device): say which to read with --columns event=taken,device=NAME${has('taken', ...HEADER)}`,
      mapped,
    ],
    [
      'a name in other letters',
      ['STS', ...without('sts')],
      `the header has no column "sts" (arrival): say which to read with --columns arrival=NAME${has('STS', ...without('sts'))}`,
    ],
    [
      'a name with a blank',
      [' sts', ...without('sts')],
      `the header has no column "sts" (arrival): say which to read with --columns arrival=NAME${has(' sts', ...without('sts'))}`,
    ],
    [
      'a very long name',
      ['x'.repeat(100), 'y'],
      `the header has no column ${ALL}: say which to read with --columns ${NAME_ALL}${has(`${'x'.repeat(80)}…`, 'y')}`,
    ],
    [
      'very many names',
      Array.from({ length: 32 }, (_, i) => `c${i}`),
      `the header has no column ${ALL}: say which to read with --columns ${NAME_ALL}${has(...Array.from({ length: 30 }, (_, i) => `c${i}`))} and 2 more`,
    ],
    [
      'one column for two parts',
      HEADER,
      'event and arrival cannot both be read from the column "sts": each part of a fix needs a column of its own (--columns)',
      { ...RECORDING_COLUMNS, event: 'sts' },
    ],
  ];
  for (const [what, header, reason, names] of REFUSED) {
    it(`should refuse ${what}`, () => {
      expect(() => findColumns(header, names)).to.throw().with.property('message', reason);
    });
  }
});

describe('findLogColumns', () => {
  it('should find the columns of a log, in any order, and the extra ones', () => {
    const { position, extra, count, names } = findLogColumns(['note', ...LOG.toReversed()]);
    expect(position).to.deep.equal({ arrival: 6, device: 5, latitude: 4, longitude: 3, speed: 2, event: 1, zone: -1 });
    expect(extra).to.deep.equal([{ name: 'note', was: 'note', position: 0 }]);
    expect(count).to.equal(7);
    expect(names).to.equal(LOG_COLUMNS);
  });

  it('should leave aside the two last columns of a late file, but count them', () => {
    const { position, extra, count } = findLogColumns([...LOG, 'note', ...LATE_COLUMNS]);
    expect(position).to.deep.equal({ arrival: 0, device: 1, latitude: 2, longitude: 3, speed: 4, event: 5, zone: -1 });
    expect(extra).to.deep.equal([{ name: 'note', was: 'note', position: 6 }]);
    expect(count).to.equal(9);
  });

  it('should take a header of more than 80 characters of extra columns', () => {
    const names = Array.from({ length: 50 }, (_, i) => `note ${i}`);
    expect(findLogColumns([...LOG, ...names]).extra.map(({ name }) => name)).to.deep.equal(names);
  });

  for (const missing of LOG) {
    it(`should refuse a header without ${missing}`, () => {
      const header = LOG.filter((name) => name !== missing);
      expect(() => findLogColumns(header))
        .to.throw()
        .with.property('message', `this is not a log that lastfix wrote: its header is "${header.join(',')}"`);
    });
  }

  it('should take a extra column without a name, which a log may have', () => {
    expect(findLogColumns([...LOG, '']).extra).to.deep.equal([{ name: 'column_7', was: '', position: 6 }]);
  });

  for (const [what, header] of [
    ['a recording', HEADER],
    ['a late file whose last columns have changed places', [...LOG, ...LATE_COLUMNS.toReversed()]],
    ['columns of a late file that are not its last', [...LOG.slice(0, 2), ...LATE_COLUMNS, ...LOG.slice(2)]],
    ['half the columns of a late file', [...LOG, 'reason']],
    ['a column that stands twice', [...LOG, 'time']],
    ['a column with the name that an answer has for the age', [...LOG, 'age_seconds']],
  ] as const) {
    it(`should refuse ${what}`, () => {
      expect(() => findLogColumns(header))
        .to.throw()
        .with.property('message', `this is not a log that lastfix wrote: its header is ${shown(header.join(','))}`);
    });
  }
});
