import { appendFileSync, copyFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const ODD_LOG = fileURLToPath(new URL('../../../fixtures/odd.expected/output_stream.csv', import.meta.url));

describe('lastfix query', () => {
  const at = temporaryFolder();
  before(() => { copyFileSync(ODD_LOG, at('log.csv')); });
  const query = (...args: string[]) => lastfix(['query', ...args, '--output', 'log.csv'], at());

  it('should answer with the latest as of the asked moment, that moment included', async () => {
    const { status, stdout, stderr } = await query('tie', '2021-10-23T12:30:01.000001Z');
    expect([status, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.equal(
      [
        'device      tie',
        'as of       2021-10-23T12:30:01.000001Z',
        'position    2, 2',
        'speed       2',
        'event time  2021-10-23T12:30:01.000000Z, 0.000001 s before that',
        'arrived     2021-10-23T12:30:01.000001Z',
        'driver      Bo',
        'note        second of a tie',
        '',
      ].join('\n'),
    );
    expect((await query('tie', '2021-10-23T12:30:01Z')).stdout).to.include('a microsecond earlier though further down');
  });

  it('should give the newest, as of the last arrival, when no time is given', async () => {
    const { stdout } = await query('007');
    expect(stdout).to.include('as of       2021-10-23T12:30:13.000000Z');
  });

  it('should take a time with a blank in it, in any zone', async () => {
    const { stdout } = await query('7', '2021-10-23', '18:00:01+05:30');
    expect(stdout).to.include('as of       2021-10-23T12:30:01.000000Z');
  });

  it('should say when the device clock was ahead', async () => {
    expect((await query('edge', '2021-10-23T12:30:10Z')).stdout).to.include('1 day after that: its clock is ahead');
  });

  it('should write JSON with the column names of the log, the measures as numbers', async () => {
    const { stdout } = await query('7.0', '2021-10-23T12:30:02.500000Z', '--format', 'json');
    expect(stdout).to.match(/^.*\n$/);
    expect(JSON.parse(stdout)).to.deep.equal({
      time: '2021-10-23T12:30:00.500000Z',
      device_id: '7.0',
      lat: 0,
      lon: 180,
      speed: null,
      event_time: '2021-10-23T12:30:00.123456Z',
      driver: '',
      note: 'nine digits, the rest cut: the same µs as the row before',
      age_seconds: 2.376544,
    });
  });

  it('should write CSV as the log has it, with the age', async () => {
    const { stdout } = await query('quoted, "so"', '2021-10-23T12:30:06Z', '--format', 'csv');
    expect(stdout).to.equal('time,device_id,lat,lon,speed,event_time,driver,note,age_seconds\n2021-10-23T12:30:05.000000Z,"quoted, ""so""",5,5,5,2021-10-23T12:30:05.000000Z,"O\'Neil, ""Ned""","two\r\nlines",1\n');
  });

  it('should write a GeoJSON point, longitude first', async () => {
    const { stdout } = await query('007', '--format', 'geojson');
    expect(JSON.parse(stdout)).to.deep.include({ type: 'Feature', geometry: { type: 'Point', coordinates: [77.5, 12.5] } });
  });

  it('should tell an unknown device from one that is known only later', async () => {
    const unknown = await query('08');
    expect(unknown).to.include({ status: 1, stdout: '' });
    expect(unknown.stderr).to.match(/^lastfix: unknown device "08": log.csv knows "007", "7", "7.0", .* and 3 more\n$/);
    const later = await query('last', '2021-10-23T12:30:12.999999Z');
    expect(later).to.include({ status: 1, stdout: '' });
    expect(later.stderr).to.equal('lastfix: nothing known of device "last" at 2021-10-23T12:30:12.999999Z: its first fix arrived at 2021-10-23T12:30:13.000000Z\n');
  });

  it('should read whole lines only of a log that is being written', async () => {
    copyFileSync(ODD_LOG, at('growing.csv'));
    appendFileSync(at('growing.csv'), '2021-10-23T12:30:20.000000Z,007,1,1,1,2021-10-23T12:30:19.0000');
    const torn = await lastfix(['query', '007', '--output', 'growing.csv', '--format', 'json'], at());
    expect(JSON.parse(torn.stdout)).to.include({ time: '2021-10-23T12:30:00.000000Z' });
    appendFileSync(at('growing.csv'), '00Z,,\n');
    const whole = await lastfix(['query', '007', '--output', 'growing.csv', '--format', 'json'], at());
    expect(JSON.parse(whole.stdout)).to.include({ time: '2021-10-23T12:30:20.000000Z' });
  });

  const bad: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [['7', '--output', 'none.csv'], /no log none.csv: make one with lastfix replay, or name another with --output/],
    [['7', '--output', '.'], /cannot read \.: /],
    [['7', '--output', 'other.csv'], /other.csv: this is no log of lastfix: its header is "a,b"/],
    [['7', '--output', 'broken.csv'], /broken.csv:2: lat "x" is not a number/],
    [['7', 'yesterday'], /the time "yesterday" is no time/],
    [['7', '--format', 'xml'], /--format "xml" is not one of table, json, csv, geojson/],
    [[], /which device\?/],
  ];
  for (const [args, message] of bad) {
    it(`should fail with status 2 and a clear line at: query ${args.join(' ')}`, async () => {
      writeFileSync(at('other.csv'), 'a,b\n');
      writeFileSync(at('broken.csv'), 'time,device_id,lat,lon,speed,event_time\n2021-10-23T12:30:00Z,7,x,1,1,2021-10-23T12:30:00Z\n');
      const { status, stdout, stderr } = await lastfix(['query', ...args], at());
      expect(stderr).to.match(message);
      expect(stderr).not.to.match(/\n {4}at /);
      expect([status, stdout]).to.deep.equal([2, '']);
    });
  }
});
