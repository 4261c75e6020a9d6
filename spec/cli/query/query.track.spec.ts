import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { eventually } from '../../support/eventually.js';
import { lastfix } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { xmlTree } from '../../support/xmlTree.js';

const fixture = (path: string) => fileURLToPath(new URL(`../../../../fixtures/${path}`, import.meta.url));
const rowsOf = (csv: string) => parse(csv, { columns: true }) as unknown as Record<string, string>[];
const lines = (text: string) => text.split('\n').slice(0, -1);

/** How long a process has run on a processor, in ticks; `undefined` where the system does not tell so. */
function ticksOf(pid: number): number | undefined {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /, '').split(' ').slice(11, 13);
    return Number(user) + Number(system);
  } catch {
    return undefined;
  }
}

/** Resolves when a process has ended, or has not run for a while, as far as the system tells. */
async function idle(child: ChildProcess): Promise<void> {
  let ticks = 0;
  let since = performance.now();
  await eventually(() => {
    const now = ticksOf(child.pid!);
    if (now === undefined || child.exitCode !== null || child.signalCode !== null) return true;
    if (now !== ticks) [ticks, since] = [now, performance.now()];
    return ticks > 0 && performance.now() - since > 250;
  });
}

describe('lastfix query --from --to', () => {
  const at = temporaryFolder();
  before(() => {
    for (const name of ['odd', 'minute']) {
      for (const kind of ['', '.late']) copyFileSync(fixture(`${name}.expected/output_stream${kind}.csv`), at(`${name}${kind}.csv`));
    }
  });
  const query = (...args: string[]) => lastfix(['query', ...args], at());
  const track = (...args: string[]) => query('--output', 'odd.csv', ...args);
  const notes = async (...args: string[]) => rowsOf((await track(...args, '--format', 'csv')).stdout).map(({ note }) => note);

  it('should list every fix, late ones too, in the order in which they were taken, and sum them up', async () => {
    const { status, stdout, stderr } = await track('007', '--from', '2021-10-23');
    expect([status, stderr]).to.deep.equal([0, '']);
    expect(lines(stdout).map((line) => line.split(/ {2,}/).join('|'))).to.deep.equal([
      'device|event time|arrived|latitude|longitude|speed|driver|note',
      '007|2021-10-23T05:00:00.000000Z|2021-10-23T12:30:04.000000Z|12.5|77.5|0|Asha|seven hours late',
      '007|2021-10-23T12:29:58.000000Z|2021-10-23T12:30:00.000000Z|12.5|77.5|12|Asha|plain',
      '007|2021-10-23T12:29:58.000000Z|2021-10-23T12:30:03.000000Z|12.6|77.5|12|Asha|plain',
      '',
      'fixes|3 in 7 hours 29 minutes 58 seconds, in the order of their event times',
      'first|2021-10-23T05:00:00.000000Z at 12.5, 77.5',
      'last|2021-10-23T12:29:58.000000Z at 12.6, 77.5',
      'distance|11.1 km along great circles from fix to fix',
      'copies|1 copy of fixes left out: --copies lists them',
    ]);
    const all = await track('007', '--from', '2021-10-23', '--copies');
    expect(lines(all.stdout).map((line) => line.split(/ {2,}/).slice(0, 3).join('|'))).to.deep.equal([
      'device|event time|arrived',
      '007|2021-10-23T05:00:00.000000Z|2021-10-23T12:30:04.000000Z',
      ...[0, 2, 3].map((second) => `007|2021-10-23T12:29:58.000000Z|2021-10-23T12:30:0${second}.000000Z`),
      '',
      'fixes|4 in 7 hours 29 minutes 58 seconds, in the order of their event times',
      'first|2021-10-23T05:00:00.000000Z at 12.5, 77.5',
      'last|2021-10-23T12:29:58.000000Z at 12.6, 77.5',
      'distance|11.1 km along great circles from fix to fix',
    ]);
  });

  it('should list them in the order in which they arrived', async () => {
    const { stdout } = await track('007', '--to', 'now', '--by', 'arrival');
    expect(
      lines(stdout)
        .map((line) => line.split(/ {2,}/)[2])
        .slice(1, 5),
    ).to.deep.equal([0, 2, 3, 4].map((second) => `2021-10-23T12:30:0${second}.000000Z`));
    expect(stdout).to.include('\nfixes     4 in 4 s, in the order of their arrival times\nfirst     2021-10-23T12:30:00.000000Z at');
  });

  it('should begin and end with the asked moments, both included, on either clock', async () => {
    const [first, second, third] = ['a microsecond earlier though further down', 'first of a tie', 'third of a tie: late'];
    const [byEvent, byArrival, from, to, one, known] = await Promise.all([
      notes('tie', '--from', '2021-10-23T12:30:00Z', '--to', '2021-10-23T12:30:00.500000Z'),
      notes('tie', '--by', 'arrival', '--from', '2021-10-23T12:30:00Z', '--to', '2021-10-23T12:30:01Z'),
      notes('tie', '--from', '2021-10-23T12:30:00.000001Z'),
      notes('tie', '--to', '2021-10-23T12:30:00Z'),
      notes('tie', '--from', '2021-10-23T12:30:00Z', '--to', '2021-10-23T12:30:00Z'),
      notes('tie', '--to', 'now', '--known-at', '2021-10-23T12:30:01Z'),
    ]);
    expect({ byEvent, byArrival, from, to, one, known }).to.deep.equal({
      byEvent: [second, third],
      byArrival: [first],
      from: [third, 'second of a tie'],
      to: [first, second],
      one: [second],
      known: [first],
    });
  });

  for (const by of ['event', 'arrival'] as const) {
    it(`should give what the log and the late file hold of a device, sorted by ${by} time`, async () => {
      const [time, other] = by === 'event' ? (['event_time', 'time'] as const) : (['time', 'event_time'] as const);
      const [from, to, knownAt] = ['2021-10-23T12:30:10.000000Z', '2021-10-23T12:30:40.000000Z', '2021-10-23T12:30:30.000000Z'];
      const held = ['minute.csv', 'minute.late.csv'].flatMap((name) => rowsOf(readFileSync(at(name), 'utf8')));
      const order = ({ [time]: a, [other]: b }: Record<string, string>) => `${a!}${b!}`;
      const expected = held
        .filter((row) => row['device_id'] === '8250' && row[time]! >= from && row[time]! <= to && row['time']! <= knownAt)
        .map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'reason' && name !== 'latest_event_time')))
        .sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
      const { stdout } = await query(
        '8250',
        '--by',
        by,
        '--from',
        from,
        '--to',
        to,
        '--known-at',
        knownAt,
        '--output',
        'minute.csv',
        '--format',
        'csv',
      );
      expect(rowsOf(stdout)).to.deep.equal(expected).and.have.length.greaterThan(5);
    });
  }

  const summary =
    /^fixes {5}3 in .*\nfirst {5}.*\nlast {6}.*\ndistance {2}11.1 km .*\ncopies {4}1 copy of fixes left out: --copies lists them\n$/;
  it('should write nothing but data to standard output, and the summary beside it: csv', async () => {
    const { stdout, stderr } = await track('tie', '--from', '2021-10-23', '--format', 'csv');
    expect(stdout).to.equal(
      [
        'time,device_id,lat,lon,speed,event_time,driver,note',
        '2021-10-23T12:30:01.000000Z,tie,0,0,0,2021-10-23T12:29:59.000000Z,Bo,a microsecond earlier though further down',
        '2021-10-23T12:30:01.000001Z,tie,1,1,1,2021-10-23T12:30:00.000000Z,Bo,first of a tie',
        '2021-10-23T12:30:01.000001Z,tie,3,3,3,2021-10-23T12:30:00.500000Z,Bo,third of a tie: late',
        '2021-10-23T12:30:01.000001Z,tie,2,2,2,2021-10-23T12:30:01.000000Z,Bo,second of a tie',
        '',
      ].join('\n'),
    );
    expect(stderr).to.match(/^fixes {5}4 in 2 s, in the order of their event times\nfirst {5}.*\nlast {6}.*\ndistance {2}629 km .*\n$/);
  });

  it('should write nothing but data to standard output, and the summary beside it: json', async () => {
    const { stdout, stderr } = await track('007', '--from', '2021-10-23', '--format', 'json');
    const objects = lines(stdout).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(objects.map(({ time }) => time)).to.deep.equal([4, 0, 3].map((second) => `2021-10-23T12:30:0${second}.000000Z`));
    expect(objects[2]).to.deep.equal({
      time: '2021-10-23T12:30:03.000000Z',
      device_id: '007',
      lat: 12.6,
      lon: 77.5,
      speed: 12,
      event_time: '2021-10-23T12:29:58.000000Z',
      driver: 'Asha',
      note: 'plain',
    });
    expect(stderr).to.match(summary);
  });

  it('should write a GeoJSON line with the summary, then a point for each fix', async () => {
    const { status, stdout, stderr } = await track('007', '--from', '2021-10-23', '--format', 'geojson');
    expect([status, stderr]).to.deep.equal([0, 'lastfix: 1 copy of fixes left out: --copies lists them\n']);
    const { type, features } = JSON.parse(stdout) as { type: string; features: { geometry: { type: string } }[] };
    expect(type).to.equal('FeatureCollection');
    expect(features.map(({ geometry }) => geometry.type)).to.deep.equal(['LineString', 'Point', 'Point', 'Point']);
    expect(features[0]).to.deep.equal({
      type: 'Feature',
      geometry: {
        type: 'LineString',
        coordinates: [
          [77.5, 12.5],
          [77.5, 12.5],
          [77.5, 12.6],
        ],
      },
      properties: {
        device_id: '007',
        fixes: 3,
        first_time: '2021-10-23T12:30:04.000000Z',
        first_event_time: '2021-10-23T05:00:00.000000Z',
        last_time: '2021-10-23T12:30:03.000000Z',
        last_event_time: '2021-10-23T12:29:58.000000Z',
        distance_metres: 11119.5,
      },
    });
  });

  it('should write a track as GPX and as KML', async () => {
    const gpx = await track('007', '--from', '2021-10-23', '--format', 'gpx');
    expect([gpx.status, gpx.stderr]).to.deep.equal([0, 'lastfix: 1 copy of fixes left out: --copies lists them\n']);
    const points = xmlTree(gpx.stdout).children[0]!.children[1]!.children;
    expect(points.map(({ attributes }) => attributes)).to.deep.equal(['12.5', '12.5', '12.6'].map((lat) => ({ lat, lon: '77.5' })));
    const kml = await track('007', '--from', '2021-10-23', '--format', 'kml', '--copies');
    expect([kml.status, kml.stderr]).to.deep.equal([0, '']);
    const placemark = xmlTree(kml.stdout).children[0]!.children[0]!;
    expect(placemark.children[1]!.children.map(({ text }) => text).slice(-4)).to.deep.equal(
      ['12.5', '12.5', '12.5', '12.6'].map((lat) => `77.5 ${lat} 0`),
    );
  });

  it('should write a GeoJSON point, and no line, of a single fix', async () => {
    const { status, stdout } = await track('last', '--to', 'now', '--format', 'geojson');
    const { features } = JSON.parse(stdout) as { features: { geometry: unknown }[] };
    expect([status, features.map(({ geometry }) => geometry)]).to.deep.equal([0, [{ type: 'Point', coordinates: [5, 5] }]]);
  });

  for (const [args, words] of [
    [['last', '--to', '2021-10-23'], 'no fix of device "last" to 2021-10-23T00:00:00.000000Z by event time'],
    [
      ['last', '--from', '2021-10-24', '--to', '2021-10-25', '--by', 'arrival'],
      'no fix of device "last" from 2021-10-24T00:00:00.000000Z to 2021-10-25T00:00:00.000000Z by arrival time',
    ],
    [
      ['lost', '--to', 'now'],
      'unknown device "lost": did you mean "last"? odd.csv knows "last", "007", "7", "7.0", "=1+1", "blank", "edge", "epoch" and 7 more',
    ],
  ] as const) {
    it(`should have status 1, and say why, when there is none: query ${args.join(' ')}`, async () => {
      const formats = ['table', 'json', 'csv', 'geojson', 'gpx', 'kml'];
      const told = await Promise.all(formats.map((format) => track(...args, '--format', format)));
      for (const { status, stderr } of told) expect([status, stderr]).to.deep.equal([1, `lastfix: ${words}\n`]);
      expect(told.slice(0, 3).map(({ stdout }) => stdout)).to.deep.equal(['', '', '']);
      expect(JSON.parse(told[3]!.stdout)).to.deep.equal({ type: 'FeatureCollection', features: [] });
    });
  }

  it('should make do with the changes if there is no late file', async () => {
    copyFileSync(at('odd.csv'), at('alone.csv'));
    const { status, stdout } = await query('007', '--to', 'now', '--format', 'csv', '--output', 'alone.csv');
    expect([status, rowsOf(stdout).length]).to.deep.equal([0, 1]);
  });

  describe('of a long track', () => {
    const [rows, note] = [20_000, 'x'.repeat(2000)];
    const asked = ['query', '7', '--to', 'now', '--output', 'long.csv', '--format', 'csv'];
    before(async () => {
      const row = (i: number) => `${new Date(1e12 + i).toISOString()},7,1,1,1,${new Date(1e12 + i).toISOString()},${note}\n`;
      writeFileSync(
        at('long.csv'),
        `time,device_id,lat,lon,speed,event_time,note\n${Array.from({ length: rows }, (_, i) => row(i)).join('')}`,
      );
      await query('7', '--output', 'long.csv'); // which makes its index
    });

    it('should end quietly when its reader has seen enough', async () => {
      const ended = await lastfix(asked, at(), (child) => {
        child.stdout!.once('data', () => child.stdout!.destroy());
      });
      expect(ended).to.include({ status: 0, stderr: '' });
    });

    it('should hold little, however slow its reader', async () => {
      const little = { env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=32' } };
      const { status, stdout } = await lastfix(asked, at(), async (child) => {
        child.stdout!.pause();
        await idle(child);
        child.stdout!.resume();
      }, little);
      expect([status, stdout.length > rows * note.length]).to.deep.equal([0, true]);
    });
  });
});
