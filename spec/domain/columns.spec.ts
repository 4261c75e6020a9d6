import { expect } from 'chai';
import fc from 'fast-check';
import { findColumns, findLogColumns, LATE_COLUMNS, LOG_COLUMNS, RECORDING_COLUMNS } from '../../src/domain/columns.js';

const HEADER = ['device_fk_id', 'latitude', 'longitude', 'time_stamp', 'sts', 'speed'];
const without = (...names: readonly string[]) => HEADER.filter((name) => !names.includes(name));

describe('findColumns', () => {
  it('should find the columns of a recording by their names', () => {
    const { position, further, count, names } = findColumns(HEADER);
    expect(position).to.deep.equal({ device: 0, latitude: 1, longitude: 2, event: 3, arrival: 4, speed: 5 });
    expect(further).to.deep.equal([]);
    expect(count).to.equal(6);
    expect(names).to.equal(RECORDING_COLUMNS);
  });

  it('should find the columns of a log', () => {
    const { position, further } = findColumns(['time', 'device_id', 'lat', 'lon', 'speed', 'event_time', 'note'], LOG_COLUMNS);
    expect(position).to.deep.equal({ arrival: 0, device: 1, latitude: 2, longitude: 3, speed: 4, event: 5 });
    expect(further).to.deep.equal([{ name: 'note', position: 6 }]);
  });

  it('should find them in any order, and keep the order of the further ones', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...HEADER, 'note', 'driver', ''], { minLength: 9 }), (header) => {
        const { position, further, count } = findColumns(header);
        expect(Object.entries(position).map(([part, at]) => [RECORDING_COLUMNS[part as keyof typeof position], at]))
          .to.have.deep.members(HEADER.map((name) => [name, header.indexOf(name)]));
        expect(further.map(({ name }) => name)).to.deep.equal(header.filter((name) => !HEADER.includes(name)));
        expect(further.every(({ name, position }) => header[position] === name)).to.equal(true);
        expect(count).to.equal(9);
      }),
    );
  });

  it('should find mapped names', () => {
    const names = { ...RECORDING_COLUMNS, device: 'imei', arrival: 'received_at' };
    const { position, further } = findColumns(['received_at', 'imei', ...without('device_fk_id', 'sts')], names);
    expect(position).to.include({ arrival: 0, device: 1, latitude: 2 });
    expect(further).to.deep.equal([]);
  });

  it('should take names that change places', () => {
    const names = { ...RECORDING_COLUMNS, latitude: 'longitude', longitude: 'latitude' };
    expect(findColumns(HEADER, names).position).to.include({ latitude: 2, longitude: 1 });
  });

  it('should take a part\'s name for another if the part is mapped away', () => {
    const names = { ...RECORDING_COLUMNS, device: 'imei' };
    expect(findColumns(['imei', ...HEADER], names).further).to.deep.equal([{ name: 'device_fk_id', position: 1 }]);
  });

  it('should look for no speed if it is mapped to nothing', () => {
    const names = { ...RECORDING_COLUMNS, speed: '' };
    expect(findColumns(without('speed'), names).position.speed).to.equal(-1);
    const { position, further } = findColumns(['', ...without('speed')], names);
    expect(position.speed).to.equal(-1);
    expect(further).to.deep.equal([{ name: '', position: 0 }]);
  });

  it('should tell of any number of columns in a moment', () => {
    const header = [...HEADER, ...Array.from({ length: 300_000 }, (_, i) => `note ${i}`)];
    expect(findColumns(header).further).to.have.length(300_000);
    expect(() => findColumns([...header, 'note 299999'])).to.throw('the column "note 299999" stands twice');
  });

  const log = { ...RECORDING_COLUMNS, speed: '' };
  const REFUSED: readonly (readonly [what: string, header: readonly string[], reason: string, names?: typeof RECORDING_COLUMNS])[] = [
    ['a missing column', without('sts'), 'no column sts in the header "device_fk_id,latitude,longitude,time_stamp,speed": rename it there, or say what it is called (--columns)'],
    ['several missing columns', without('latitude', 'longitude'), 'no column latitude, longitude in the header "device_fk_id,time_stamp,sts,speed": rename it there, or say what it is called (--columns)'],
    ['an empty header', [''], 'no column device_fk_id, latitude, longitude, time_stamp, sts, speed in the header "": rename it there, or say what it is called (--columns)'],
    ['a missing mapped column', HEADER, `no column imei in the header "${HEADER.join(',')}": rename it there, or say what it is called (--columns)`, { ...RECORDING_COLUMNS, device: 'imei' }],
    ['a name in other letters', ['STS', ...without('sts')], 'no column sts in the header "STS,device_fk_id,latitude,longitude,time_stamp,speed": rename it there, or say what it is called (--columns)'],
    ['a name with a blank', [' sts', ...without('sts')], 'no column sts in the header " sts,device_fk_id,latitude,longitude,time_stamp,speed": rename it there, or say what it is called (--columns)'],
    ['a very long header', ['x'.repeat(100)], `no column device_fk_id, latitude, longitude, time_stamp, sts, speed in the header "${'x'.repeat(80)}…": rename it there, or say what it is called (--columns)`],
    ['one column for two parts', HEADER, 'two parts of a fix are to be read from one column: map each to its own (--columns)', { ...RECORDING_COLUMNS, event: 'sts' }],
    ['a column that stands twice', [...HEADER, 'sts'], 'the column "sts" stands twice in the header: rename one of them'],
    ['a further column that stands twice', ['note', ...HEADER, 'note'], 'the column "note" stands twice in the header: rename one of them'],
    ['a further column with a name of the log', [...HEADER, 'time'], 'the further column "time" has the name of a column of the log: rename one of them'],
    ['a further column with a name of the late file', [...HEADER, 'reason'], 'the further column "reason" has the name of a column of the log: rename one of them'],
    ['a further column that is called speed', HEADER, 'the further column "speed" has the name of a column of the log: rename one of them', log],
  ];
  for (const [what, header, reason, names] of REFUSED) {
    it(`should refuse ${what}`, () => {
      expect(() => findColumns(header, names)).to.throw().with.property('message', reason);
    });
  }
});

describe('findLogColumns', () => {
  const LOG = ['time', 'device_id', 'lat', 'lon', 'speed', 'event_time'];

  it('should find the columns of a log, in any order, and those that are further', () => {
    const { position, further, count, names } = findLogColumns(['note', ...LOG.toReversed()]);
    expect(position).to.deep.equal({ arrival: 6, device: 5, latitude: 4, longitude: 3, speed: 2, event: 1 });
    expect(further).to.deep.equal([{ name: 'note', position: 0 }]);
    expect(count).to.equal(7);
    expect(names).to.equal(LOG_COLUMNS);
  });

  it('should leave aside the two last columns of a late file, but count them', () => {
    const { position, further, count } = findLogColumns([...LOG, 'note', ...LATE_COLUMNS]);
    expect(position).to.deep.equal({ arrival: 0, device: 1, latitude: 2, longitude: 3, speed: 4, event: 5 });
    expect(further).to.deep.equal([{ name: 'note', position: 6 }]);
    expect(count).to.equal(9);
  });

  it('should take a header of more than 80 characters of further columns', () => {
    const names = Array.from({ length: 50 }, (_, i) => `note ${i}`);
    expect(findLogColumns([...LOG, ...names]).further.map(({ name }) => name)).to.deep.equal(names);
  });

  for (const missing of LOG) {
    it(`should refuse a header without ${missing}`, () => {
      const header = LOG.filter((name) => name !== missing);
      expect(() => findLogColumns(header)).to.throw().with.property('message', `this is no log of lastfix: its header is "${header.join(',')}"`);
    });
  }

  const REFUSED: readonly (readonly [what: string, header: readonly string[], reason: RegExp])[] = [
    ['a recording', HEADER, /^this is no log of lastfix: its header is "device_fk_id,latitude,/],
    ['a late file whose last columns have changed places', [...LOG, ...LATE_COLUMNS.toReversed()], /^the further column "latest_event_time" has the name of a column of the log/],
    ['columns of a late file that are not its last', [...LOG.slice(0, 2), ...LATE_COLUMNS, ...LOG.slice(2)], /^the further column "reason" has the name of a column of the log/],
    ['half the columns of a late file', [...LOG, 'reason'], /^the further column "reason" has the name of a column of the log/],
    ['a column that stands twice', [...LOG, 'time'], /^the column "time" stands twice in the header/],
    ['a column with the name that an answer has for the age', [...LOG, 'age_seconds'], /^the further column "age_seconds" has the name of a column of the log/],
  ];
  for (const [what, header, reason] of REFUSED) {
    it(`should refuse ${what}`, () => {
      expect(() => findLogColumns(header)).to.throw(reason);
    });
  }
});
