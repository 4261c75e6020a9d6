import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { lastfix } from './support/lastfix.js';
import { temporaryFolder } from './support/temporaryFolder.js';

/** Files as programs write them, beside the project; they are not part of it, whose own specs make such files. */
const FIELD = fileURLToPath(new URL('../../../shared/field', import.meta.url));

for (const field of [FIELD].filter((path) => existsSync(path))) describe('what people bring, other than CSV', () => {
  const at = temporaryFolder();
  let runs = 0;
  const play = async (names: readonly string[], ...options: readonly string[]) => {
    const folder = at(String(runs++));
    mkdirSync(folder);
    const { status, stderr } = await lastfix(['replay', ...names.map((name) => `${field}/${name}`), '--rate', 'max', ...options], folder);
    const rows = (kind: string) => {
      const path = `${folder}/output/output_stream${kind}.csv`;
      return existsSync(path) ? (parse(readFileSync(path), { columns: true }) as unknown as Record<string, string>[]) : [];
    };
    return { status, stderr, changes: rows(''), late: rows('.late'), rejected: rows('.rejected') };
  };

  it('should read the same rows of a workbook and of CSV: played together, each twice', async () => {
    const { status, changes, late } = await play(['13-plain.xlsx', '13j-same-as-13.csv']);
    expect([status, changes.length]).to.deep.equal([0, 8]);
    expect(late.map(({ reason }) => reason)).to.deep.equal(Array(8).fill('duplicate'));
  });

  it('should read a device of a workbook as Excel shows it', async () => {
    const { changes } = await play(['13i-apache-poi.xlsx']);
    expect(changes.map(({ device_id }) => device_id)).to.deep.equal(['8250', '8250', '8250', '862000000000001']);
  });

  for (const options of [[], ['--skip', '5']]) {
    it(`should read a report below its title, its device given by hand: ${options.join(' ') || 'found'}`, async () => {
      const { status, changes, rejected } = await play(
        ['13b-traccar-route.xlsx'],
        '--columns',
        'event=Time,arrival=',
        '--device',
        'Truck 7',
        ...options,
      );
      expect([status, rejected]).to.deep.equal([0, []]);
      expect(changes.map(({ time, device_id, lat, lon, event_time }) => [time, device_id, lat, lon, event_time])).to.deep.equal(
        [['00', '18.500000', '73.800000'], ['30', '18.510000', '73.810000']].map(([second, lat, lon]) => {
          const time = `2021-10-23T18:00:${second!}.000000Z`;
          return [time, 'Truck 7', lat, lon, time];
        }),
      );
    });
  }

  it('should read the one CSV in an archive', async () => {
    const { status, changes } = await play(['33c-aisdk.zip']);
    expect([status, changes.map(({ device_id, lat, speed }) => [device_id, lat, speed])]).to.deep.equal([0, [['T1', '48.7', '12.5']]]);
  });

  it('should say in one line that a file is no whole Parquet file', async () => {
    const { status, stderr } = await play(['33e-trips.parquet']);
    expect([status, stderr]).to.deep.equal([
      1,
      `lastfix: cannot read ${field}/33e-trips.parquet: it is not a complete Parquet file (its metadata length 4284703329 exceeds available buffer 8): get it again\n`,
    ]);
  });

  it('should read GPX by one clock, its device named by the file', async () => {
    const { status, stderr, changes } = await play(['33h-track.gpx']);
    expect([status, changes]).to.deep.equal([
      0,
      [
        {
          time: '2021-10-23T12:30:00.000000Z',
          device_id: '33h-track',
          lat: '48.7',
          lon: '9.7',
          speed: '',
          event_time: '2021-10-23T12:30:00.000000Z',
        },
      ],
    ]);
    expect(stderr).to.include('one clock');
  });

  it('should read JSON Lines by their keys, with the option that the message says', async () => {
    const { status, stderr } = await play(['33i-events.jsonl']);
    expect(status).to.equal(1);
    const [, option] = /try (--columns \S+);/.exec(stderr) ?? [];
    const { changes } = await play(['33i-events.jsonl'], ...option!.split(' '));
    expect(changes).to.deep.equal([
      {
        time: '2021-10-23T12:30:02.000000Z',
        device_id: 'T1',
        lat: '48.7',
        lon: '9.7',
        speed: '',
        event_time: '2021-10-23T12:30:00.000000Z',
      },
    ]);
  });

  it('should list a fix that was uploaded again once in a track, and say how many copies it left out', async () => {
    const folder = at('reupload');
    mkdirSync(folder);
    await lastfix(['replay', `${field}/40-reupload.csv`, '--rate', 'max'], folder);
    const { stdout } = await lastfix(['query', 'P1', '--from', '2021-10-23'], folder);
    expect(stdout).to.match(/\n\nfixes {5}4 in 6 minutes, .*\n[^]*\ncopies {4}7 copies of fixes left out: --copies lists them\n$/);
    const all = await lastfix(['query', 'P1', '--from', '2021-10-23', '--copies'], folder);
    expect(all.stdout).to.match(/\n\nfixes {5}11 in 6 minutes, /).and.not.include('copies ');
  });
});
