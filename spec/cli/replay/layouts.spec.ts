import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { LAYOUTS } from '../../../src/index.js';
import { lastfix } from '../../support/lastfix.js';
import { SAMPLES } from '../../support/samples.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const TIME = (second: number) => `2023-05-04T10:00:0${second}.000000Z`;

describe('lastfix replay, its layouts', () => {
  const at = temporaryFolder();
  const run = (...args: readonly string[]) =>
    lastfix(['replay', ...args, '--rate', 'max', '--output', 'log.csv', '--stats', 'stats.json'], at());
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

  it('should say of several inputs how each is read', async () => {
    const of = (layout: string) => SAMPLES.filter((sample) => sample.layout === layout).map(({ text }) => text);
    for (const [i, text] of [...of('marinecadastre'), ...of('aisdk')].entries()) writeFileSync(at(`${i}.csv`), text);
    writeFileSync(at('3.csv'), of('marinecadastre')[0]!.replaceAll(',', '|'));
    writeFileSync(at('4.csv'), of('marinecadastre')[0]!);
    writeFileSync(at('5.csv'), 'Device_fk_id;latitude;longitude;time_stamp;sts;speed;note;lat\n');
    const { stderr } = await run('0.csv', '1.csv', '4.csv', '2.csv', '3.csv', '5.csv');
    const clock = 'one clock: nothing can be late by the event';
    expect(stderr).to.include(
      `\nlastfix: reading 0.csv and 1 more: layout marinecadastre by its header, ${clock}; ` +
        `1.csv: layout marinecadastre by its header, ${clock}; ` +
        `2.csv: layout aisdk by its header, ${clock}; and 2 more kinds of inputs\n`,
    );
    expect((await run('5.csv')).stderr).to.include(
      '\nlastfix: reading 5.csv: fields separated by semicolons, device is "Device_fk_id", columns get other names in the log: "lat" is "lat_2"\n',
    );
    expect(log()[0]).to.equal('time,device_id,lat,lon,speed,event_time');
  });

  it('should say what a byte order mark and the first bytes say', async () => {
    const text = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n7,1,2,2023-05-04T10:00:00Z,2023-05-04T10:00:00Z,3\n';
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    writeFileSync(at('little.csv'), little);
    writeFileSync(at('big.csv'), Buffer.from(little).swap16());
    for (const name of ['little.csv', 'big.csv'])
      expect((await run(name)).stderr).to.include(`\nlastfix: reading ${name}: UTF-16 by its byte order mark\n`);
    writeFileSync(
      at('anna.gpx'),
      '<gpx version="1.1"><trk><trkseg><trkpt lat="1" lon="2"><time>2023-05-04T10:00:00Z</time></trkpt></trkseg></trk></gpx>',
    );
    writeFileSync(at('anna.nmea'), '$GPRMC,100000,A,4842.0,N,00942.0,E,5.0,0.0,040523,,*00\n'.replace('*00', ''));
    for (const kind of ['gpx', 'nmea'])
      expect((await run(`anna.${kind}`)).stderr).to.include(`\nlastfix: reading anna.${kind}: layout ${kind} by its first bytes, one clock: `);
    expect((await run('anna.gpx', '--layout', 'gpx')).stderr).not.to.include('first bytes');
  });

  it('should say which keys a line of JSON lacks, however few it has', async () => {
    writeFileSync(at('short.jsonl'), '{"device":"7"}\n');
    expect((await run('short.jsonl')).stderr).to.match(
      /^lastfix: short\.jsonl: the header has no column "device_fk_id" \(device\), "latitude" .*; it has "device"\n/,
    );
  });

  it('should print the command that replays what was checked with options', async () => {
    writeFileSync(at('it is.csv'), 'Unit No;y;x;Clock\n7;52,5;13,4;04.05.2023 10:00\n');
    const options = ['--columns', 'device=Unit No,latitude=y,longitude=x,event=Clock,arrival=,speed=', '--times', 'dd.MM.yyyy HH:mm'];
    const { status, stdout, stderr } = await lastfix(['check', 'it is.csv', ...options, '--zone', '+02:00', '--rejected', '3'], at());
    expect(status, stderr).to.equal(0);
    const command =
      "lastfix replay 'it is.csv' --columns 'device=Unit No,latitude=y,longitude=x,event=Clock,arrival=,speed=' " +
      "--times 'dd.MM.yyyy HH:mm' --zone +02:00";
    expect(stdout).to.include(`\nreplay it with    ${command}\n`);
    expect(stdout).to.include('\nread as           fields separated by semicolons, one clock: nothing can be late by the event\n');
    const { stdout: json } = await lastfix(['check', 'it is.csv', ...options, '--zone', '+02:00', '--format', 'json'], at());
    expect(JSON.parse(json)).to.deep.include({ one_clock: true, replay_with: command });
    writeFileSync(at('usual.csv'), 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n');
    expect(JSON.parse((await lastfix(['check', 'usual.csv', '--format', 'json'], at())).stdout)).to.deep.include({
      one_clock: false,
      replay_with: null,
      read_as: null,
    });
  });

  it('should let what is said go before what the layout says', async () => {
    writeFileSync(at('ais.csv'), SAMPLES.find(({ layout }) => layout === 'aisdk')!.text);
    const { status } = await run(
      'ais.csv',
      '--columns',
      'device=Type of mobile',
      '--speed-unit',
      'km/h',
      '--zone',
      '+02:00',
      '--keep',
      'mmsi',
    );
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
    const written =
      'time,device_id,lat,lon,speed,event_time,Note\n2023-05-04T10:00:00.000000Z,7,52.5,13.4,3,2023-05-04T10:00:00.000000Z,"a ""b"""\n';
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
    [
      '{"colums": {}}',
      'bad.json has the unknown key "colums": the keys of a layout are about, columns, device, times, zone, delimiter, decimal, header, skip, encoding, backslash, sheet, speedUnit, unknownSpeeds, keep, knownBy',
    ],
    [
      '{"columns": {"lat": "y"}}',
      'bad.json: columns is "{\\"lat\\":\\"y\\"}": it must be an object with the columns of device, latitude, longitude, event, arrival, speed, zone',
    ],
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
    ['7', 'bad.json is not a layout: it must hold an object with keys such as columns, times, zone'],
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
