import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { lastfix } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

/** Small files as people have them, where there are any. */
const FIELD = process.env['LASTFIX_FIELD'] ?? fileURLToPath(new URL('../../../../../shared/field', import.meta.url));

interface Outcome {
  readonly rows: number;
  readonly changes: number;
  readonly late?: number;
  readonly duplicate?: number;
  readonly rejected?: number;
  readonly unknown_speeds?: number;
  readonly one_clock?: boolean;
}

/** What their owners would write, what is to come of it, what is in the log, and what is said. */
const FILES: readonly (readonly [args: readonly string[], outcome: Outcome, log?: RegExp, said?: RegExp])[] = [
  [
    ['01-movebank.csv'],
    { rows: 9, changes: 6, duplicate: 1, rejected: 2, one_clock: true },
    /^2015-08-02T16:22:10\.000000Z,Storch A \/ DER AX112 \(e-obs 4411\),48\.7410,9\.7125,0\.41,/m,
    /layout movebank by its header, one clock: nothing can be late by the event/,
  ],
  [
    ['02-aisdk.csv'],
    { rows: 7, changes: 5, duplicate: 1, rejected: 1, one_clock: true },
    /^2023-05-04T00:00:21\.000000Z,219900001,/m,
    /layout aisdk by its header/,
  ],
  [
    ['03-marinecadastre-2023.csv', '03-marinecadastre-2025.csv'],
    { rows: 6, changes: 6, unknown_speeds: 2, one_clock: true },
    /,29\.70010,-90\.10120,,2023-12-31/,
  ],
  [['04-opensky.csv'], { rows: 5, changes: 3, duplicate: 1, rejected: 1 }, /^time,.*,time_2,/, /"time" is "time_2"/],
  [
    ['06-geolife.plt', '--layout', 'geolife', '--device', '000'],
    { rows: 3, changes: 3, one_clock: true },
    /^2008-10-23T02:53:04\.000000Z,000,39\.884702,116\.218417,,/m,
  ],
  [['08-hfp.csv'], { rows: 3, changes: 2, rejected: 1 }],
  [['09-gtfsrt-epoch.csv'], { rows: 6, changes: 5, duplicate: 1 }],
  [['09-gtfsrt-epoch.csv', '--max-clock-behind', '30d'], { rows: 6, changes: 4, duplicate: 1, rejected: 1 }],
  [['11-owntracks.csv'], { rows: 3, changes: 2, late: 1, unknown_speeds: 1 }],
  [['12-traccar-positions.csv'], { rows: 8, changes: 6, duplicate: 1, rejected: 1 }],
  [['12-traccar-positions.csv', '--where', 'VALID=true'], { rows: 8, changes: 5, duplicate: 1, rejected: 2 }],
  [['13-plain.xlsx', '13j-same-as-13.csv'], { rows: 16, changes: 8, duplicate: 8 }],
  [['13i-apache-poi.xlsx'], { rows: 4, changes: 4 }, /Z,8250,18\.5,/],
  [
    ['13b-traccar-route.xlsx', '--device', 'Truck 7'],
    { rows: 2, changes: 2, unknown_speeds: 2, one_clock: true },
    /Z,Truck 7,18\.500000,73\.800000,,/,
  ],
  [['13b-traccar-route.xlsx', '--device', 'Truck 7', '--skip', '5'], { rows: 2, changes: 2, unknown_speeds: 2, one_clock: true }],
  [['17-semicolon.csv'], { rows: 2, changes: 2 }, /,T 1,48\.7410,9\.7125,12\.5,/, /fields separated by semicolons/],
  [['18-utf16le.csv'], { rows: 1, changes: 1 }, /,T1,48\.7,9\.7,12\.5,/],
  [
    ['19b-one-bad-row.csv'],
    { rows: 2, changes: 1, rejected: 1 },
    /,ok,/,
    /19b-one-bad-row\.csv:3: byte 0xF3 after "Cami" is not UTF-8: .* --encoding windows-1252/,
  ],
  [['19b-one-bad-row.csv', '--encoding', 'windows-1252'], { rows: 2, changes: 2 }, /,Camión 7,.*,José Muñoz$/m],
  [['22c-comments.csv'], { rows: 2, changes: 1, rejected: 1 }, /,T1,/, /22c-comments\.csv:6: 1 column instead of 6/],
  [['23b-device-ist.csv', '--zone', 'event=Asia/Kolkata'], { rows: 3, changes: 3 }, /,2021-10-23T12:30:00\.000000Z$/m],
  [['24-ios-speed-minus-one.csv'], { rows: 8, changes: 8, unknown_speeds: 7 }, /,4\.2,/],
  [['28-space-after-comma.csv'], { rows: 1, changes: 1 }, /,T1,48\.7,9\.7,12\.5,/],
  [['31-week-rollover.csv', '--max-clock-behind', '365d'], { rows: 6, changes: 1, rejected: 5 }],
  [['33c-aisdk.zip'], { rows: 1, changes: 1 }],
  [['33h-track.gpx'], { rows: 1, changes: 1, one_clock: true }, /Z,33h-track,48\.7,9\.7,,/],
  [
    ['33i-events.jsonl', '--columns', 'device=device,latitude=lat,longitude=lon,event=ts,arrival=received,speed='],
    { rows: 1, changes: 1 },
    /^2021-10-23T12:30:02/m,
  ],
  [['37-traccar-dev3.csv', '37-traccar-dev4.csv'], { rows: 2, changes: 2 }, /,sat,motion,batteryLevel,ignition$/m],
  [['39-collide.csv'], { rows: 1, changes: 1 }, /,lat_2,lon_2,time_2$/m, /"lat" is "lat_2", "lon" is "lon_2", "time" is "time_2"/],
  [['40-reupload.csv'], { rows: 11, changes: 4, late: 5, duplicate: 2 }],
  [
    [
      ...['44-india-report.csv', '--columns', 'device=Vehicle No,event=Date & Time,arrival=,speed=Speed (Km/h)'],
      ...['--times', 'dd-MM-yyyy hh:mm:ss a', '--zone', 'Asia/Kolkata', '--speed-unit', 'km/h'],
    ],
    { rows: 2, changes: 2, one_clock: true },
    /^2021-10-23T12:30:04\.000000Z,MH12AB1234,18\.52043,73\.85674,22,/m,
  ],
  [
    [
      ...['45-date-time-apart.csv', '--columns'],
      'device=animal,latitude=location-lat,longitude=location-long,event=date GMT+time GMT,arrival=,speed=ground-speed',
    ],
    { rows: 2, changes: 2, one_clock: true },
    /^2018-03-01T06:00:12\.000000Z,fox 7,50\.81,17\.31,0\.2,/m,
  ],
  [['50-imei.csv'], { rows: 3, changes: 3 }],
];

/** What is refused, and how. */
const REFUSED: readonly (readonly [file: string, message: RegExp])[] = [
  ['33e-trips.parquet', /: it is not a complete Parquet file /],
  ['33i-events.jsonl', /: try --columns device=device,latitude=lat,longitude=lon,event=ts,arrival=received,speed=; it has /],
  ['44-india-report.csv', /: try --columns 'device=Vehicle No,event=Date & Time,arrival=,speed=Speed \(Km\/h\)'; it has /],
  [
    '45-date-time-apart.csv',
    /: try --columns 'device=animal,latitude=location-lat,longitude=location-long,event=date GMT\+time GMT,arrival=,speed=ground-speed'; /,
  ],
  ['13b-traccar-route.xlsx', /: the header is that of the layout traccar, which has no column for the device: give --device NAME$/m],
];

describe('lastfix replay, given files that people have', () => {
  const at = temporaryFolder();
  const run = (...args: readonly string[]) =>
    lastfix(['replay', ...args, '--rate', 'max', '--output', at('log.csv'), '--stats', at('stats.json')], FIELD);

  for (const [args, outcome, log, said] of existsSync(FIELD) ? FILES : []) {
    it(`should make of them what their owners want: ${args.join(' ')}`, async () => {
      const { status, stderr } = await run(...args);
      expect(status, stderr).to.equal(0);
      const all = { late: 0, duplicate: 0, conflict: 0, rejected: 0, unknown_speeds: 0, one_clock: false, ...outcome };
      expect(JSON.parse(readFileSync(at('stats.json'), 'utf8'))).to.deep.include(all);
      if (log) expect(readFileSync(at('log.csv'), 'utf8')).to.match(log);
      if (said) expect(stderr).to.match(said);
    });
  }

  for (const [file, message] of existsSync(FIELD) ? REFUSED : []) {
    it(`should say what is to be done with ${file}`, async () => {
      const { status, stderr } = await run(file);
      expect(status).to.equal(1);
      expect(stderr).to.match(message).and.to.match(/^lastfix: [^\n]+\n$/);
    });
  }
});
