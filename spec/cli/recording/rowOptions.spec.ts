import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Report } from '../../../src/report/report.js';
import { lastfix } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed';
const LOG = 'time,device_id,lat,lon,speed,event_time';

describe('what is said of the rows of a recording', () => {
  const at = temporaryFolder();
  const replay = (text: string, ...args: string[]) => {
    writeFileSync(at('in.csv'), text);
    return lastfix(['replay', 'in.csv', '--rate', 'max', '--output', 'log.csv', '--stats', 'stats.json', ...args], at());
  };
  const read = (name: string) => readFileSync(at(name), 'utf8');
  const rows = (name: string) => read(name).trimEnd().split('\n').slice(1);
  const stats = () => JSON.parse(read('stats.json')) as Report;

  it('should read times by a pattern for both clocks, or for one, in the zone of each', async () => {
    await replay(
      `${HEADER}\n7,1,2,23/10/2021 18:00:00,10/23/2021 12:30:02 PM,3\n`,
      '--times',
      'event=dd/MM/yyyy HH:mm:ss',
      '--times',
      'arrival=MM/dd/yyyy hh:mm:ss a',
      '--zone',
      'event=Asia/Kolkata',
    );
    expect(rows('log.csv')).to.deep.equal(['2021-10-23T12:30:02.000000Z,7,1,2,3,2021-10-23T12:30:00.000000Z']);
    await replay(`${HEADER}\n7,1,2,23/10/2021 18:00:00,23/10/2021 18:00:02,3\n`, '--times', 'dd/MM/yyyy HH:mm:ss', '--zone', '+05:30');
    expect(rows('log.csv')).to.deep.equal(['2021-10-23T12:30:02.000000Z,7,1,2,3,2021-10-23T12:30:00.000000Z']);
  });

  it('should reject the rows that do not hold one of the values, with the reason', async () => {
    const text = `${HEADER},valid,kind\n7,0,0,2021-10-23T12:30:00Z,2021-10-23T12:30:01Z,3,false,a\n7,1,2,2021-10-23T12:30:00Z,2021-10-23T12:30:02Z,3,true,a\n7,1,3,2021-10-23T12:30:01Z,2021-10-23T12:30:03Z,3,true,b\n7,1,4,2021-10-23T12:30:02Z,2021-10-23T12:30:04Z,3,true,c\n`;
    await replay(text, '--where', 'VALID=true', '--where', 'kind=a', '--where', 'kind=b');
    expect(rows('log.csv')).to.deep.equal([
      '2021-10-23T12:30:02.000000Z,7,1,2,3,2021-10-23T12:30:00.000000Z,true,a',
      '2021-10-23T12:30:03.000000Z,7,1,3,3,2021-10-23T12:30:01.000000Z,true,b',
    ]);
    expect(rows('log.rejected.csv')).to.deep.equal([
      '2,"valid ""false"" is not ""true"" (--where)","7,0,0,2021-10-23T12:30:00Z,2021-10-23T12:30:01Z,3,false,a"',
      '5,"kind ""c"" is not ""a"" or ""b"" (--where)","7,1,4,2021-10-23T12:30:02Z,2021-10-23T12:30:04Z,3,true,c"',
    ]);
  });

  it('should end with 1 and say why, if every row was rejected', async () => {
    const { status, stderr } = await replay(
      `${HEADER}\n7,1,2,23/10/2021 18:00:00,2021-10-23T12:30:02Z,3\n7,1,2,23/10/2021 18:00:01,2021-10-23T12:30:02Z,3\n`,
      '--quiet',
    );
    expect({ status, stderr }).to.deep.equal({
      status: 1,
      stderr: `lastfix: no row of in.csv could be played: all 2 were rejected into log.rejected.csv: in.csv:2: time_stamp "23/10/2021 18:00:00" is not a time: write it like 2021-10-23T12:30:03Z, or read it with --times 'dd/MM/yyyy HH:mm:ss'\n`,
    });
  });

  it('should keep the position of a speed that is none, count it, and say what speeds are in', async () => {
    const speeds = ['-1', 'NULL', '4.2', ''];
    const lines = speeds.map((speed, i) => `7,1,${i},2021-10-23T12:30:0${i}Z,2021-10-23T12:30:0${i}Z,${speed}`);
    const { stderr } = await replay(`${HEADER}\n${lines.join('\n')}\n`, '--speed-unit', 'km/h');
    expect(read('log.csv')).to.equal(
      `${LOG}\n${['', '', '4.2', ''].map((speed, i) => `2021-10-23T12:30:0${i}.000000Z,7,1,${i},${speed},2021-10-23T12:30:0${i}.000000Z\n`).join('')}`,
    );
    expect(stats()).to.include({ rows: 4, changes: 4, unknown_speeds: 2, speed_unit: 'km/h' });
    expect(stderr).to.match(/^unknown speeds +2$/m).and.match(/^speeds in +km\/h$/m);
    expect((JSON.parse(read('log.csv.run.json')) as { made_from: object }).made_from).to.include({ speed_unit: 'km/h' });
  });

  it('should find a row that was sent again a duplicate, whatever its number and however its measures are written', async () => {
    await replay(
      `id,${HEADER}\n1,7,1.50,2,2021-10-23T12:30:00Z,2021-10-23T12:30:01Z,3\n2,7,1.5,2.0,2021-10-23T12:30:00Z,2021-10-23T12:30:02Z,3.0\n3,7,1.5,2.0,2021-10-23T12:30:00Z,2021-10-23T12:30:03Z,3.1\n`,
    );
    expect(stats()).to.include({ changes: 1, duplicate: 1, conflict: 1 });
    expect(rows('log.late.csv')).to.deep.equal([
      '2021-10-23T12:30:02.000000Z,7,1.5,2.0,3.0,2021-10-23T12:30:00.000000Z,2,duplicate,2021-10-23T12:30:00.000000Z',
      '2021-10-23T12:30:03.000000Z,7,1.5,2.0,3.1,2021-10-23T12:30:00.000000Z,3,conflict,2021-10-23T12:30:00.000000Z',
    ]);
  });

  it('should resume only what was read in the same way', async () => {
    const text = `${HEADER}\n7,1,2,23/10/2021 18:00:00,23/10/2021 18:00:02,3\n`;
    const said = ['--times', 'dd/MM/yyyy HH:mm:ss', '--zone', 'Asia/Kolkata', '--max-clock-behind', '365d', '--where', 'speed=3'];
    await replay(text, ...said);
    expect((await replay(text, ...said, '--resume')).status).to.equal(0);
    expect(await replay(text, '--times', 'dd/MM/yyyy HH:mm:ss', '--resume', '--quiet')).to.include({
      status: 1,
      stderr:
        'lastfix: cannot resume log.csv: --max-clock-behind was 365d and is not given; --where was speed=3 and is not given; --zone of the event was Asia/Kolkata and is not given; --zone of the arrival was Asia/Kolkata and is not given: give it the input and the options that it was begun with, or start anew without --resume\n',
    });
  });

  for (const [args, said] of [
    [['--times', 'dd/MM/YYYY'], '--times "dd/MM/YYYY" has YYYY, which means nothing: write yyyy, as in dd/MM/yyyy HH:mm:ss'],
    [['--times', 'event=HH:mm'], '--times "HH:mm" has no year: write it like dd/MM/yyyy HH:mm:ss, with the letters of date-fns'],
    [['--zone', 'IST'], '--zone "IST" is not a time zone: give an offset like +05:30, or a name like Asia/Kolkata'],
    [['--zone', 'arrival=Mars'], '--zone "Mars" is not a time zone: give an offset like +05:30, or a name like Asia/Kolkata'],
    [['--speed-unit', 'knots'], '--speed-unit "knots" is not one of kn, km/h, m/s, mph'],
    [['--where', 'valid'], '--where "valid" is not COLUMN=VALUE, such as valid=true'],
    [['--max-clock-behind', '1y'], '--max-clock-behind "1y" is not a valid duration: write it like 250ms, 2s, 5m, 24h or 7d'],
  ] as const) {
    it(`should refuse ${args.join(' ')}`, async () => {
      expect(await replay(`${HEADER}\n`, ...args)).to.include({ status: 2, stderr: `lastfix: ${said}\nSee: lastfix replay --help\n` });
    });
  }

  it('should refuse a condition on a column that is not there', async () => {
    expect(await replay(`${HEADER}\n`, '--where', 'valid=true', '--quiet')).to.include({
      status: 1,
      stderr:
        'lastfix: in.csv: the header has no column "valid", which --where names; it has "device_fk_id", "latitude", "longitude", "time_stamp", "sts", "speed"\n',
    });
  });
});
