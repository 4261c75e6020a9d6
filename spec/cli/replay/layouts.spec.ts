import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { LAYOUTS } from '../../../src/index.js';
import { lastfix } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const TIME = (second: number) => `2023-05-04T10:00:0${second}.000000Z`;
const zero = '2023-05-04T10:00:00';

/** A file as a program writes it: made up, two fixes of one device each, at 10:00:00 and 10:00:02 UTC on 4 May 2023. */
interface Sample {
  readonly layout: string;
  /** How its name ends, if that matters. */
  readonly file?: string;
  readonly text: string;
  readonly options?: readonly string[];
  readonly device: string;
  /** Of the first fix. */
  readonly speed: string;
  /** Whether the layout must be named. */
  readonly isNamed?: boolean;
  /** How long after the events they arrived, in seconds. */
  readonly delay?: number;
  readonly unit?: string;
}

const SAMPLES: readonly Sample[] = [
  {
    layout: 'lastfix',
    text: `time,device_id,lat,lon,speed,event_time\n2023-05-04T10:00:01.000000Z,7,52.5,13.4,3,${zero}.000000Z\n2023-05-04T10:00:03.000000Z,7,52.6,13.5,4,2023-05-04T10:00:02.000000Z\n`,
    device: '7',
    speed: '3',
    delay: 1,
  },
  {
    layout: 'movebank',
    text: `event-id,visible,timestamp,location-long,location-lat,ground-speed,individual-local-identifier\n1,true,2023-05-04 10:00:00.000,13.4,52.5,0.5,"Stork 1 / DER"\n2,true,2023-05-04 10:00:02.000,13.5,52.6,,"Stork 1 / DER"\n`,
    device: 'Stork 1 / DER',
    speed: '0.5',
    unit: 'm/s',
  },
  {
    layout: 'movebank',
    text: 'timestamp,location-long,location-lat,individual-local-identifier\n2023-05-04 10:00:00.000,13.4,52.5,b\n2023-05-04 10:00:02.000,13.5,52.6,b\n',
    device: 'b',
    speed: '',
  },
  {
    layout: 'aisdk',
    text: '# Timestamp,Type of mobile,MMSI,Latitude,Longitude,SOG\n04/05/2023 10:00:00,Class A,219000001,52.5,13.4,102.3\n04/05/2023 10:00:02,Class A,219000001,52.6,13.5,12.4\n',
    device: '219000001',
    speed: '',
    unit: 'kn',
  },
  {
    layout: 'marinecadastre',
    text: `MMSI,BaseDateTime,LAT,LON,SOG,COG\n399000001,${zero},52.5,13.4,8.1,1\n399000001,2023-05-04T10:00:02,52.6,13.5,8.2,1\n`,
    device: '399000001',
    speed: '8.1',
    unit: 'kn',
  },
  {
    layout: 'marinecadastre',
    text: 'mmsi,base_date_time,longitude,latitude,sog\n399000001,2023-05-04 10:00:00,13.4,52.5,8.1\n399000001,2023-05-04 10:00:02,13.5,52.6,8.2\n',
    device: '399000001',
    speed: '8.1',
    unit: 'kn',
  },
  {
    layout: 'opensky',
    text: 'time,icao24,lat,lon,velocity,lastposupdate,lastcontact\n1683194410,abc001,52.5,13.4,200.5,1683194400.0,1683194401.0\n1683194410,abc001,52.6,13.5,201.5,1683194402.0,1683194403.0\n',
    device: 'abc001',
    speed: '200.5',
    delay: 1,
    unit: 'm/s',
  },
  {
    layout: 'gtfs-rt',
    text: 'feed_timestamp,vehicle_id,latitude,longitude,speed,timestamp\n1683194401,V-1,52.5,13.4,4.5,1683194400\n1683194403,V-1,52.6,13.5,,1683194402\n',
    device: 'V-1',
    speed: '4.5',
    delay: 1,
    unit: 'm/s',
  },
  {
    layout: 'hfp',
    text: '"received_at","unique_vehicle_id","tst","spd","lat","long"\n"2023-05-04 10:00:01+00","0018/00777","2023-05-04 10:00:00+00",12.4,52.5,13.4\n"2023-05-04 10:00:03+00","0018/00777","2023-05-04 10:00:02+00",,52.6,13.5\n',
    device: '0018/00777',
    speed: '12.4',
    delay: 1,
    unit: 'm/s',
  },
  {
    layout: 'owntracks',
    text: `tid,lat,lon,vel,isotst,isorcv,username,device\nne,52.5,13.4,-1,${zero}Z,2023-05-04T10:00:01Z,ada,phone\nne,52.6,13.5,5,2023-05-04T10:00:02Z,2023-05-04T10:00:03Z,ada,phone\n`,
    device: 'ada phone',
    speed: '',
    delay: 1,
    unit: 'km/h',
  },
  {
    layout: 'traccar',
    text: 'ID,DEVICEID,SERVERTIME,FIXTIME,VALID,LATITUDE,LONGITUDE,SPEED,ATTRIBUTES\n1,3,2023-05-04 10:00:01,2023-05-04 10:00:00,true,52.5,13.4,1.8,"{""sat"":18}"\n2,3,2023-05-04 10:00:03,2023-05-04 10:00:02,true,52.6,13.5,0,{}\n',
    device: '3',
    speed: '1.8',
    delay: 1,
    unit: 'kn',
  },
  {
    layout: 'traccar',
    text: 'id,deviceId,serverTime,fixTime,latitude,longitude,speed\n1,3,2023-05-04 10:00:01,2023-05-04 10:00:00,52.5,13.4,1.8\n2,3,2023-05-04 10:00:03,2023-05-04 10:00:02,52.6,13.5,0\n',
    device: '3',
    speed: '1.8',
    delay: 1,
    unit: 'kn',
  },
  {
    layout: 'traccar',
    text: 'Valid,Time,Latitude,Longitude,Altitude,Speed,Address,Attributes\ntrue,2023-05-04 10:00:00,52.5°,13.4°,560 m,22 km/h,,\ntrue,2023-05-04 10:00:02,52.6°,13.5°,560 m,23 km/h,,\n',
    options: ['--device', 'Truck 7'],
    device: 'Truck 7',
    speed: '',
  },
  {
    layout: 'gpslogger',
    file: '20230504.csv',
    text: `time,lat,lon,elevation,accuracy,bearing,speed,satellites,provider\n${zero}.000Z,52.5,13.4,34,5,1,0.7,8,gps\n2023-05-04T10:00:02.000Z,52.6,13.5,34,5,1,,8,gps\n`,
    device: '20230504',
    speed: '0.7',
    unit: 'm/s',
  },
  {
    layout: 'geolife',
    file: '20230504.plt',
    text: `Geolife trajectory\nWGS 84\nAltitude is in Feet\nReserved 3\n0,2,255,My Track,0,0,2,8421376\n0\n52.5,13.4,0,492,45050.4,2023-05-04,10:00:00\n52.6,13.5,0,492,45050.4,2023-05-04,10:00:02\n`,
    options: ['--device', '000'],
    device: '000',
    speed: '',
    isNamed: true,
  },
  {
    layout: 't-drive',
    text: '1131,2023-05-04 18:00:00,13.4,52.5\n1131,2023-05-04 18:00:02,13.5,52.6\n',
    device: '1131',
    speed: '',
    isNamed: true,
  },
  {
    layout: 'gpx',
    file: 'walk.gpx',
    text: `<gpx version="1.1"><trk><trkseg><trkpt lat="52.5" lon="13.4"><time>${zero}Z</time></trkpt><trkpt lat="52.6" lon="13.5"><time>2023-05-04T10:00:02Z</time></trkpt></trkseg></trk></gpx>`,
    device: 'walk',
    speed: '',
  },
];

describe('lastfix replay, its layouts', () => {
  const at = temporaryFolder();
  const run = (...args: readonly string[]) => lastfix(['replay', ...args, '--rate', 'max', '--output', 'log.csv', '--stats', 'stats.json'], at());
  const log = () => readFileSync(at('log.csv'), 'utf8').trimEnd().split('\n').map((line) => line.split(',').slice(0, 6).join(','));

  for (const { layout, file = 'recording.csv', text, options = [], device, speed, isNamed = false, delay = 0, unit } of SAMPLES) {
    it(`should read ${layout}${isNamed ? '' : ', also if it is not named'}: ${text.split('\n')[0]!.slice(0, 60)}`, async () => {
      writeFileSync(at(file), text);
      for (const named of isNamed ? [['--layout', layout]] : [[], ['--layout', layout]]) {
        const { status, stderr } = await run(file, ...named, ...options);
        expect(status, stderr).to.equal(0);
        const [header, first, second] = log();
        expect(header).to.equal('time,device_id,lat,lon,speed,event_time');
        expect(first).to.equal([TIME(delay), device, '52.5', '13.4', speed, TIME(0)].join());
        expect(second).to.match(new RegExp(`^${TIME(2 + delay)},${device},52.6,13.5,[^,]*,${TIME(2)}$`));
        const isSaid = layout !== 'gpx' && named.length === 0;
        expect(stderr.includes(`layout ${layout} by its header`), stderr).to.equal(isSaid);
        expect(stderr.includes('one clock'), stderr).to.equal(delay === 0);
        const stats = JSON.parse(readFileSync(at('stats.json'), 'utf8')) as object;
        expect(stats).to.deep.include({ changes: 2, rejected: 0, one_clock: delay === 0, speed_unit: unit ?? null });
      }
    });
  }

  it('should have a sample of every layout but NMEA, whose sentences have their own specs', () => {
    expect(LAYOUTS.map(({ name }) => name).filter((name) => !SAMPLES.some(({ layout }) => layout === name))).to.deep.equal(['nmea']);
  });

  it('should list them, and what they are read from', async () => {
    const { status, stdout } = await lastfix(['check', '--layouts'], at());
    expect(status).to.equal(0);
    for (const { name, about } of LAYOUTS) expect(stdout).to.match(new RegExp(`^${name} +${about.replace(/[().]/g, '\\$&')}$`, 'm'));
    expect(stdout).to.include(
      'device=MMSI,latitude=Latitude,longitude=Longitude,event="# Timestamp",arrival=,speed=SOG; times dd/MM/yyyy HH:mm:ss; speeds in kn\n',
    );
    const { stdout: json } = await lastfix(['check', '--layouts', '--format', 'json'], at());
    expect(JSON.parse(json)).to.deep.equal(LAYOUTS);
  });

  it('should say which device is missing where all else is known', async () => {
    writeFileSync(at('report.csv'), SAMPLES.find(({ options }) => options?.[1] === 'Truck 7')!.text);
    const { status, stderr } = await run('report.csv');
    expect([status, stderr]).to.deep.equal([
      1,
      'lastfix: report.csv: the header is that of the layout traccar, which has no column for the device: give --device NAME\n',
    ]);
    writeFileSync(at('t.plt'), SAMPLES.find(({ layout }) => layout === 'geolife')!.text);
    expect((await run('t.plt', '--layout', 'geolife')).stderr).to.equal(
      'lastfix: t.plt, with the header that was given: the header has no column for the device: try --device NAME; ' +
        'it has "latitude", "longitude", "reserved", "altitude", "days", "date", "time"\n',
    );
  });

  it('should let what is said go before what the layout says', async () => {
    writeFileSync(at('ais.csv'), SAMPLES.find(({ layout }) => layout === 'aisdk')!.text);
    const { status } = await run('ais.csv', '--columns', 'device=Type of mobile', '--speed-unit', 'km/h', '--zone', '+02:00', '--keep', 'mmsi');
    expect(status).to.equal(0);
    expect(readFileSync(at('log.csv'), 'utf8')).to.equal(
      'time,device_id,lat,lon,speed,event_time,MMSI\n' +
        '2023-05-04T08:00:00.000000Z,Class A,52.5,13.4,,2023-05-04T08:00:00.000000Z,219000001\n' +
        '2023-05-04T08:00:02.000000Z,Class A,52.6,13.5,12.4,2023-05-04T08:00:02.000000Z,219000001\n',
    );
    expect(JSON.parse(readFileSync(at('stats.json'), 'utf8'))).to.include({ speed_unit: 'km/h' });
  });

  it('should read a layout of one\'s own, and resume by it, but by no other', async () => {
    const layout = {
      about: 'our fleet',
      columns: { device: 'Unit No', latitude: 'Y', longitude: 'X', event: 'Day+Clock', arrival: '', speed: 'Tempo' },
      times: 'dd.MM.yyyy HH:mm:ss',
      zone: 'Europe/Berlin',
      delimiter: ';',
      skip: 1,
      backslash: true,
      speedUnit: 'km/h',
    };
    writeFileSync(at('fleet.json'), JSON.stringify(layout));
    writeFileSync(at('fleet.csv'), 'Fleet report\nUnit No;Y;X;Day;Clock;Tempo;Note\n7;52,5;13,4;04.05.2023;12:00:00;3;"a \\"b\\""\n');
    expect((await run('fleet.csv', '--layout', 'fleet.json')).status).to.equal(0);
    const written = 'time,device_id,lat,lon,speed,event_time,Note\n2023-05-04T10:00:00.000000Z,7,52.5,13.4,3,2023-05-04T10:00:00.000000Z,"a ""b"""\n';
    expect(readFileSync(at('log.csv'), 'utf8')).to.equal(written);
    const resumed = await run('fleet.csv', '--layout', 'fleet.json', '--resume');
    expect([resumed.status, resumed.stderr.includes('nothing was missing, and nothing was written')]).to.deep.equal([0, true]);
    const other = await run('fleet.csv', '--layout', 'fleet.json', '--zone', 'Asia/Kolkata', '--keep', 'none', '--resume');
    expect(other).to.include({
      status: 1,
      stderr:
        'lastfix: cannot resume log.csv: --zone of the event was Europe/Berlin and is Asia/Kolkata; --zone of the arrival was Europe/Berlin ' +
        'and is Asia/Kolkata; --keep was not given and is []: give it the input and the options that it was begun with, or start anew without --resume\n',
    });
    expect(readFileSync(at('log.csv'), 'utf8')).to.equal(written);
  });

  for (const [text, reason] of [
    ['{"colums": {}}', 'bad.json has the key "colums", which no layout has: they are about, columns, device, times, zone, delimiter, decimal, header, skip, encoding, backslash, sheet, speedUnit, unknownSpeeds, keep, knownBy'],
    ['{"columns": {"lat": "y"}}', 'bad.json: columns is "{\\"lat\\":\\"y\\"}": it must be an object with the columns of device, latitude, longitude, event, arrival, speed, zone'],
    ['{"skip": -1}', 'bad.json: skip is "-1": it must be a whole number from 0 up'],
    [
      '{"times": "dd/MM"}',
      'bad.json: times "{\\"event\\":[\\"dd/MM\\"],\\"arrival\\":[\\"dd/MM\\"]}" or zone "{}" has no year: ' +
        'write it like dd/MM/yyyy HH:mm:ss, with the letters of date-fns',
    ],
    [
      '{"zone": {"event": "IST"}}',
      'bad.json: times "{}" or zone "{\\"event\\":\\"IST\\"}" is not a time zone: give an offset like +05:30, or a name like Asia/Kolkata',
    ],
    ['{"encoding": "ebcdic"}', 'bad.json: encoding "ebcdic" is not known: write one such as windows-1252'],
    ['[]', 'bad.json holds no layout: it is an empty array'],
    ['7', 'bad.json is no layout: it must hold an object with keys such as columns, times, zone'],
  ] as const) {
    it(`should say what is wrong with a layout file: ${text}`, async () => {
      writeFileSync(at('bad.json'), text);
      writeFileSync(at('any.csv'), '');
      expect(await run('any.csv', '--layout', 'bad.json')).to.include({ status: 1, stderr: `lastfix: ${reason}\n` });
    });
  }

  it('should say that a layout file is not JSON', async () => {
    writeFileSync(at('bad.json'), '{');
    expect((await run('any.csv', '--layout', 'bad.json')).stderr).to.match(/^lastfix: bad\.json is not JSON: .+\n$/);
  });
});
