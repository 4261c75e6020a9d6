import { expect } from 'chai';
import type { Layout } from '../../../src/domain/Layout.js';
import { LAYOUTS } from '../../../src/recording/layouts/LAYOUTS.js';
import { openRecording } from '../../../src/recording/openRecording.js';
import { recorded } from '../../support/recorded.js';
import { failureOf } from '../../support/failureOf.js';

const NAMES = 'device_fk_id,latitude,longitude,time_stamp,sts,speed';
const FIX = '7,1,2,2021-10-23T12:30:00Z,2021-10-23T12:30:01Z,3';

/** The bytes of a text, in chunks of one. */
async function* bytesOf(text: string | Buffer): AsyncGenerator<Buffer, void, undefined> {
  for (const byte of Buffer.from(text)) yield await Promise.resolve(Buffer.of(byte));
}
const inputOf = (text: string | Buffer) => [{ name: 'x.csv', chunks: bytesOf(text) }];

describe('findHeader', () => {
  for (const [what, text, layout, line = 2] of [
    ['the first line', `${NAMES}\n`],
    ['below blank lines and comments', `\n  \r\n# made by hand\n#\n${NAMES}\n`, {}, 6],
    ['below sep=', `sep=;\n${NAMES.replaceAll(',', ';')}\n`, {}, 3],
    ['below the empty rows of a sheet', `,,,,,\n,,,,,\r\n${NAMES}\n`, {}, 4],
    ['below a mark', `\ufeff${NAMES}\n`],
    ['in a line that begins with #', `# ${NAMES}\n`],
    ['in a line that begins with #, below comments', `# by hand, 2021\n#${NAMES}\n`, {}, 3],
    ['with a line break in quotes', `${NAMES},"a\nnote"\n`, {}, 3],
    ['with a quote in a name', `${NAMES},5" pipe\n`],
    ['with blanks around names', ` device_fk_id , latitude\t, "longitude" ,time_stamp,sts,speed \n`],
    ['below what is skipped', `a "title\nof two lines\n${NAMES}\n`, { skip: 2 }, 4],
    ['nowhere, but given', '', { header: NAMES.split(',') }, 1],
    ['nowhere, but given, below what is skipped and a blank line', 'title\n\n', { header: NAMES.split(','), skip: 1 }, 3],
    ['by the numbers of its columns', 'a,b,c,d,e,f\n', { columns: numbers() }],
  ] as readonly (readonly [string, string, Layout?, number?])[]) {
    it(`should find it ${what}, and keep the lines of the file`, async () => {
      const fix = /note|pipe/.test(text) ? `${FIX},x` : FIX;
      const separated = text.includes(';') ? fix.replaceAll(',', ';') : fix;
      const { fixes, rejected } = await recorded(inputOf(`${text}${separated}\n?\n`), { layout });
      expect(fixes.map(({ device, latitude, longitude, speed }) => [device, latitude, longitude, speed])).to.deep.equal([
        ['7', '1', '2', '3'],
      ]);
      expect(rejected).to.deep.equal([{ line: line + 1, reason: rejected[0]!.reason, record: '?' }]);
      expect(rejected[0]!.reason).to.match(/^1 column instead of [67]$/);
    });
  }

  function numbers() {
    return { device: '#1', latitude: '#2', longitude: '#3', event: '#4', arrival: '#5', speed: '#6' };
  }

  for (const [what, text, reason, layout] of [
    ['is empty', '', 'x.csv is empty: it needs a header line at least'],
    ['has only blank lines', '\n \n', 'x.csv has no header line: the first must name the columns, or --header'],
    ['has only comments', '# nothing\n', 'x.csv has no header line: the first must name the columns, or --header'],
    [
      'has a title that must be skipped',
      `Fleet\nMay 2021\n${NAMES}\n${FIX}\n`,
      'x.csv: line 1 is not the header, but line 3 is: pass over what is above it, with --skip 2',
    ],
    [
      'begins with a row',
      `${FIX}\n`,
      `x.csv: the first line is not a header but a row, "${FIX}": name its columns, --header ${NAMES} in their order`,
    ],
    [
      'has a header that was taken for a comment',
      '# id,lat,lon,taken,got\n7,1,2,2021-10-23T12:30:00Z,2021-10-23T12:30:01Z\n',
      'x.csv: the header has no column "device_fk_id" (device), "latitude" (latitude), "longitude" (longitude), "time_stamp" (event), ' +
        '"sts" (arrival), "speed" (speed): try --columns \'device="# id",latitude=lat,longitude=lon,event=NAME,arrival=,speed=\'; ' +
        'it has "# id", "lat", "lon", "taken", "got"',
    ],
    [
      'has a quote that is never closed',
      `${NAMES},"note\n${FIX},x\n`,
      'x.csv:1: a quote is opened in this row and never closed: close it, or write it twice within quotes if it stands for itself',
    ],
    ['is shorter than what is skipped', 'a\nb\n', 'x.csv has only 2 lines: --skip 3 leaves nothing', { skip: 3 }],
    [
      'has another separator',
      `${NAMES.replaceAll(',', '^')}\n`,
      `x.csv: the header is one column, "${NAMES.replaceAll(',', '^')}": lastfix reads CSV, with a header whose names are separated by ` +
        'commas, tabs, semicolons or bars; another separator is given by --delimiter',
    ],
    [
      'has a header in Windows text',
      Buffer.from(`${NAMES},größe\n`, 'latin1'),
      'x.csv:1: byte 0xF6 after "e_stamp,sts,speed,gr" is not UTF-8: if this is Windows text, give --encoding windows-1252',
    ],
    [
      'lacks a column of the header that is given',
      `${FIX}\n`,
      'x.csv, with the header that was given: the header has no column "speed" (speed): try --columns speed=; ' +
        'it has "device_fk_id", "latitude", "longitude", "time_stamp", "sts", "x"',
      { header: ['device_fk_id', 'latitude', 'longitude', 'time_stamp', 'sts', 'x'] },
    ],
  ] as readonly (readonly [string, string | Buffer, string, Layout?])[]) {
    it(`should say what is wrong with a file that ${what}`, async () => {
      const chunks = [Buffer.from(text)].filter(({ length }) => length > 0);
      const input = { name: 'x.csv', chunks: (async function* () { for (const chunk of chunks) yield await Promise.resolve(chunk); })() };
      expect((await failureOf(openRecording([input], { layout }))).message).to.equal(reason);
    });
  }

  it('should ask which of two layouts it is', async () => {
    const header = 'MMSI,BaseDateTime,LAT,LON,SOG,icao24,lat,lon,velocity,lastposupdate,lastcontact\n';
    expect((await failureOf(openRecording(inputOf(header)))).message).to.equal(
      'x.csv: the header has the columns of the layouts marinecadastre, opensky: say which it is, with --layout',
    );
    const named = LAYOUTS.find(({ name }) => name === 'opensky');
    const { readings } = await openRecording(inputOf(header), { named });
    expect(readings.map(({ name, isFound }) => [name, isFound])).to.deep.equal([['opensky', false]]);
  });

  it('should not take a common header for that of a program', async () => {
    for (const header of ['time,lat,lon,speed', 'Time,Latitude,Longitude,Speed', 'time,lat,lon'])
      expect((await failureOf(openRecording(inputOf(`${header}\n`)))).message).to.match(/^x\.csv: the header has no column/);
  });

  it('should find the separator by the columns, not by how often it stands there', async () => {
    const header = 'a;b;c|d|e|f,g;h;i;device_fk_id\tlatitude\tlongitude\ttime_stamp\tsts\tspeed';
    const { extra, fixes } = await recorded(inputOf(`${header.replace('device', '\tdevice')}\nx\t${FIX.replaceAll(',', '\t')}\n`));
    expect(extra).to.deep.equal(['a;b;c|d|e|f,g;h;i;']);
    expect(fixes.map(({ extra }) => extra)).to.deep.equal([['x']]);
  });
});
