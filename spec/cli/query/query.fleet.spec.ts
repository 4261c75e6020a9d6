import { copyFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { lastfix } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const fixture = (path: string) => fileURLToPath(new URL(`../../../../fixtures/${path}`, import.meta.url));
const lines = (text: string) => text.split('\n').slice(0, -1);

describe('lastfix query --all', () => {
  const at = temporaryFolder();
  before(() => {
    for (const name of ['odd', 'minute']) {
      for (const kind of ['', '.late']) copyFileSync(fixture(`${name}.expected/output_stream${kind}.csv`), at(`${name}${kind}.csv`));
    }
  });
  const query = (...args: string[]) => lastfix(['query', ...args], at());
  const fleet = (...args: string[]) => query('--all', '--output', 'odd.csv', ...args);
  const rows = async (...args: string[]) =>
    parse((await fleet(...args, '--format', 'csv')).stdout, { columns: true }) as unknown as Record<string, string>[];

  it('should tell of every device once, by their ids, as of the last arrival', async () => {
    const { status, stdout, stderr } = await fleet();
    expect([status, stderr]).to.deep.equal([0, '']);
    const [header = '', ...table] = lines(stdout);
    expect(header).to.match(/^device +event time +arrived +latitude +longitude +speed +age +driver +note$/);
    expect(table.map((line) => line.split(/ {2,}/)[0])).to.deep.equal([
      '007',
      '7',
      '7.0',
      '<img src=x onerror=alert(1)>',
      '=1+1',
      'backwards',
      'blank',
      'edge',
      'epoch',
      'inch',
      'last',
      'quoted, "so"',
      'tie',
      'too fast',
      'नाम 🚚',
    ]);
    expect(table.at(-3)).to.equal(
      'tie                           2021-10-23T12:30:01.000000Z  2021-10-23T12:30:01.000001Z  2                   2                   2         12 s                             Bo             second of a tie',
    );
  });

  it('should leave out who was not known yet at the asked moment, that moment included', async () => {
    expect((await rows('2021-10-23T12:30:00.5Z')).map(({ device_id, age_seconds }) => [device_id, age_seconds])).to.deep.equal([
      ['007', '2.5'],
      ['7', '1.5'],
      ['7.0', '0.376544'],
    ]);
    expect((await rows('2021-10-23', '12:30:00.499999')).map(({ device_id }) => device_id)).to.deep.equal(['007']);
  });

  it('should tell where each was, by late fixes, too, or by what was known then', async () => {
    const then = '2021-10-23T12:30:00.5Z';
    const [known, was, wasKnown] = await Promise.all([
      rows('2021-10-23T12:30:01.000001Z'),
      rows(then, '--by', 'event'),
      rows(then, '--by', 'event', '--known-at', '2021-10-23T12:30:01Z'),
    ]);
    const tie = (rows: Record<string, string>[]) => rows.find(({ device_id }) => device_id === 'tie')?.['note'];
    expect([known, was, wasKnown].map(tie)).to.deep.equal([
      'second of a tie',
      'third of a tie: late',
      'a microsecond earlier though further down',
    ]);
  });

  it('should leave out who is too old, and say how many', async () => {
    const { status, stdout, stderr } = await fleet('--max-age', '8s', '--format', 'json');
    expect([status, stderr]).to.deep.equal([0, 'lastfix: left out 4 of 15 devices: the latest fix is older than --max-age 8s\n']);
    expect(lines(stdout).map((line) => (JSON.parse(line) as Record<string, unknown>)['age_seconds'])).to.deep.equal([
      5, 4, 1, 1, -86_397.5, 1.5, 7, 0, 8, 1, 6,
    ]);
  });

  for (const [args, words] of [
    [['2021-10-22'], 'nothing known of any device at 2021-10-22T00:00:00.000000Z in odd.csv'],
    [['--output', 'none.csv'], 'nothing known of any device in none.csv'],
    [['2021-10-23T12:30:02Z', '--max-age', '1ms'], 'left out 4 of 4 devices: the latest fix is older than --max-age 1ms'],
  ] as const) {
    it(`should have status 1, and say why, when it knows of none: query --all ${args.join(' ')}`, async () => {
      writeFileSync(at('none.csv'), 'time,device_id,lat,lon,speed,event_time\n');
      const formats = ['table', 'json', 'csv', 'geojson'];
      const told = await Promise.all(formats.map((format) => fleet(...args, '--format', format)));
      for (const { status, stderr } of told) expect([status, stderr]).to.deep.equal([1, `lastfix: ${words}\n`]);
      expect(told.slice(0, 3).map(({ stdout }) => stdout)).to.deep.equal(['', '', '']);
      expect(JSON.parse(told[3]!.stdout)).to.deep.equal({ type: 'FeatureCollection', features: [] });
    });
  }

  it('should write a GeoJSON point for each, longitude first', async () => {
    const { features } = JSON.parse((await fleet('--format', 'geojson')).stdout) as {
      features: { geometry: { coordinates: number[] }; properties: Record<string, unknown> }[];
    };
    expect(features).to.have.lengthOf(15);
    expect(features[0]).to.deep.equal({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [77.5, 12.5] },
      properties: {
        time: '2021-10-23T12:30:00.000000Z',
        device_id: '007',
        speed: 12,
        event_time: '2021-10-23T12:29:58.000000Z',
        driver: 'Asha',
        note: 'plain',
        age_seconds: 15,
      },
    });
  });

  it('should tell of each what a question about it alone does', async () => {
    const asked = [
      '--output',
      'minute.csv',
      '--format',
      'json',
      '2021-10-23T12:30:40.5Z',
      '--by',
      'event',
      '--known-at',
      '2021-10-23T12:30:45Z',
    ];
    const all = lines((await query('--all', ...asked)).stdout);
    const devices = all.map((line) => (JSON.parse(line) as Record<string, string>)['device_id']!);
    expect(devices).to.have.lengthOf(4);
    const each = await Promise.all(devices.map((device) => query(device, ...asked)));
    expect(each.map(({ stdout }) => stdout)).to.deep.equal(all.map((line) => `${line}\n`));
  });

  it('should end quietly when its reader has seen enough', async () => {
    const ended = await lastfix(['query', '--all', '--output', 'odd.csv'], at(), (child) => { child.stdout!.destroy(); });
    expect(ended).to.include({ status: 0, stderr: '' });
  });
});
