import { expect } from 'chai';
import fc from 'fast-check';
import { LATE_COLUMNS, LOG_COLUMNS, RECORDING_COLUMNS } from '../../src/domain/columns.js';
import { findColumns } from '../../src/domain/findColumns.js';
import { findLogColumns } from '../../src/domain/findLogColumns.js';
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
    expect(names).to.deep.equal(RECORDING_COLUMNS);
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
        expect(
          Object.entries(position)
            .filter(([part]) => part !== 'zone')
            .map(([part, at]) => [RECORDING_COLUMNS[part as keyof typeof position], at]),
        ).to.have.deep.members(HEADER.map((name) => [name, header.indexOf(name)]));
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
    ['a name of the late file, or of an answer', ['reason', ...HEADER, 'age_seconds', 'final_until'], ['reason_2', 'age_seconds_2', 'final_until_2']],
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
      'final_until',
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
  const NONE = '--columns latitude=NAME,longitude=NAME,event=NAME,arrival=,speed= --device NAME';
  const mapped = { ...RECORDING_COLUMNS, device: 'imei', event: 'taken' };
  const REFUSED: readonly (readonly [what: string, header: readonly string[], reason: string, names?: typeof RECORDING_COLUMNS])[] = [
    ['a missing column', without('sts'), `the header has no column "sts" (arrival): try --columns arrival=${has(...without('sts'))}`],
    [
      'several missing columns',
      without('latitude', 'longitude'),
      'the header has no column "latitude" (latitude), "longitude" (longitude): try --columns latitude=NAME,longitude=NAME' +
        has(...without('latitude', 'longitude')),
    ],
    ['a missing speed', without('speed'), `the header has no column "speed" (speed): try --columns speed=${has(...without('speed'))}`],
    [
      'one column',
      ['device_fk_id^latitude'],
      'the header is one column, "device_fk_id^latitude": lastfix reads CSV, with a header whose names are separated by commas, ' +
        'tabs, semicolons or bars; another separator is given by --delimiter',
    ],
    ['no name at all', ['', ''], `the header has no column ${ALL}: try ${NONE}${has('', '')}`],
    [
      'a missing mapped column, beside one that is there',
      ['taken', ...HEADER],
      `the header has no column "imei" (device): try --columns device=device_fk_id,event=taken${has('taken', ...HEADER)}`,
      mapped,
    ],
    ['a very long name', ['é'.repeat(100), 'ö'], `the header has no column ${ALL}: try ${NONE}${has(`${'é'.repeat(80)}…`, 'ö')}`],
    [
      'very many names',
      Array.from({ length: 32 }, (_, i) => `c${i}`),
      `the header has no column ${ALL}: try ${NONE}${has(...Array.from({ length: 30 }, (_, i) => `c${i}`))} and 2 more`,
    ],
    [
      'a row',
      ['7', '52.5', '13.4', '2021-10-23T12:30:00Z', '2021-10-23 12:30:02', 'bus'],
      'the first line is not a header but a row, "7,52.5,13.4,2021-10-23T12:30:00Z,2021-10-23 12:30:02,bus": name its columns, ' +
        '--header device_fk_id,latitude,longitude,time_stamp,sts,speed in their order',
    ],
    [
      'a column by a number that there is not',
      HEADER,
      `the header has no column "#7" (device): try --columns device=device_fk_id${has(...HEADER)}`,
      { ...RECORDING_COLUMNS, device: '#7' },
    ],
    [
      'one of two columns that are to be joined',
      ['date', ...without('time_stamp')],
      `the header has no column "date+time" (event): try --columns event=NAME${has('date', ...without('time_stamp'))}`,
      { ...RECORDING_COLUMNS, event: 'date+time' },
    ],
  ];
  for (const [what, header, reason, names] of REFUSED) {
    it(`should refuse ${what}`, () => {
      expect(() => findColumns(header, names)).to.throw().with.property('message', reason);
    });
  }

  const lacks = (header: readonly string[]) =>
    Object.entries(RECORDING_COLUMNS)
      .filter(([, name]) => !header.includes(name))
      .map(([part, name]) => `"${name}" (${part})`)
      .join(', ');

  for (const [what, header, options] of [
    [
      'of ships',
      'MMSI,BaseDateTime,LAT,LON,SOG,COG',
      '--columns device=MMSI,latitude=LAT,longitude=LON,event=BaseDateTime,arrival=,speed=SOG',
    ],
    [
      'of a fleet',
      'imei,lng,lat,recorded_at,received_at,speed',
      '--columns device=imei,latitude=lat,longitude=lng,event=recorded_at,arrival=received_at',
    ],
    [
      'of animals',
      'animal,date GMT,time GMT,location-long,location-lat,ground-speed',
      "--columns 'device=animal,latitude=location-lat,longitude=location-long,event=date GMT+time GMT,arrival=,speed=ground-speed'",
    ],
    [
      'of a vendor',
      'Sr No,Vehicle No,Date & Time,X,Y,Speed (Km/h)',
      "--columns 'device=Vehicle No,latitude=Y,longitude=X,event=Date & Time,arrival=,speed=Speed (Km/h)'",
    ],
    ['of one device', 'x,y,fixtime,server_time', '--columns latitude=y,longitude=x,event=fixtime,arrival=server_time,speed= --device NAME'],
    [
      'that a shell takes apart',
      "unit,lat,lon,driver's,time+date",
      `--columns 'device=unit,latitude=lat,longitude=lon,event=NAME,arrival=,speed='`.replaceAll("'", ''),
    ],
  ] as const) {
    it(`should propose the options that read a header ${what}`, () => {
      const names = header.split(',');
      const reason = `the header has no column ${lacks(names)}: try ${options}${has(...names)}`;
      expect(() => findColumns(names)).to.throw().with.property('message', reason);
    });
  }

  it('should find names without regard to case and surrounding blanks, but the exact one first', () => {
    const { position, names } = findColumns([' STS ', 'Latitude', ...without('sts', 'latitude')]);
    expect(position).to.include({ arrival: 0, latitude: 1, device: 2 });
    expect(names).to.include({ arrival: ' STS ', latitude: 'Latitude', device: 'device_fk_id' });
    expect(findColumns(['STS', ...HEADER]).position.arrival).to.equal(5);
    expect(findColumns(['# Device_FK_ID', ...without('device_fk_id')]).position.device).to.equal(0);
  });

  it('should take a name in quotes, and a number', () => {
    const names = { ...RECORDING_COLUMNS, latitude: '"Position, lat"', longitude: '"a ""b"""', event: '#3' };
    const header = ['Position, lat', 'a "b"', 'x', ...without('latitude', 'longitude', 'time_stamp')];
    expect(findColumns(header, names).position).to.include({ latitude: 0, longitude: 1, event: 2 });
    expect(findColumns(header, names).names).to.include({ latitude: 'Position, lat', event: 'x' });
  });

  it('should read one part from several columns, unless one has the whole name', () => {
    const names = { ...RECORDING_COLUMNS, event: 'date+time' };
    const found = findColumns(['time', 'date', ...without('time_stamp')], names);
    expect(found.joined).to.deep.equal({ event: [1, 0] });
    expect(found.position.event).to.equal(1);
    expect(found.extra).to.deep.equal([]);
    expect(findColumns(['date+time', 'date', ...without('time_stamp')], names)).to.deep.include({ joined: {} });
  });

  it('should read several parts from one column; event and arrival make one clock', () => {
    const oneClock = { device: 0, latitude: 1, longitude: 2, event: 3, arrival: -1, speed: 4, zone: -1 };
    for (const arrival of ['', 'time_stamp', 'TIME_STAMP', '#4']) {
      const { position, names } = findColumns(without('sts'), { ...RECORDING_COLUMNS, arrival });
      expect(position).to.deep.equal(oneClock);
      expect(names.arrival).to.equal('');
    }
    const { position, extra } = findColumns(HEADER, { ...RECORDING_COLUMNS, device: 'speed' });
    expect(position).to.include({ device: 5, speed: 5 });
    expect(extra.map(({ was }) => was)).to.deep.equal(['device_fk_id']);
  });

  it('should look for no device if it is given', () => {
    const found = findColumns(HEADER, RECORDING_COLUMNS, { device: 'bus 7' });
    expect(found).to.include({ device: 'bus 7' });
    expect(found.position.device).to.equal(-1);
    expect(found.extra.map(({ was }) => was)).to.deep.equal(['device_fk_id']);
  });

  it('should keep only the extra columns that it is told to', () => {
    const header = [...HEADER, 'driver', 'lat', 'note'];
    const kept = (...keep: readonly string[]) => findColumns(header, RECORDING_COLUMNS, { keep }).extra.map(({ name }) => name);
    expect(kept('note', 'Driver')).to.deep.equal(['driver', 'note']);
    expect(kept('lat')).to.deep.equal(['lat_2']);
    expect(kept('lat_2')).to.deep.equal(['lat_2']);
    expect(kept()).to.deep.equal([]);
  });
});

describe('findLogColumns', () => {
  it('should find the columns of a log, in any order, and the extra ones', () => {
    const { position, extra, count, names } = findLogColumns(['note', ...LOG.toReversed()]);
    expect(position).to.deep.equal({ arrival: 6, device: 5, latitude: 4, longitude: 3, speed: 2, event: 1, zone: -1 });
    expect(extra).to.deep.equal([{ name: 'note', was: 'note', position: 0 }]);
    expect(count).to.equal(7);
    expect(names).to.deep.equal(LOG_COLUMNS);
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
    ['a column with the name that an answer has for until when it is final', [...LOG, 'final_until']],
  ] as const) {
    it(`should refuse ${what}`, () => {
      expect(() => findLogColumns(header))
        .to.throw()
        .with.property('message', `this is not a log that lastfix wrote: its header is ${shown(header.join(','))}`);
    });
  }
});
