import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { arbitraryRecording } from './support/arbitraryRecording.js';
import { chunksOf } from './support/chunksOf.js';
import { playFile, type PlayFileOptions } from './support/playFile.js';
import { temporaryFolder } from './support/temporaryFolder.js';
import { workbook } from './support/workbook.js';
import { runs } from './support/runs.js';

const HEADER = ['device_fk_id', 'latitude', 'longitude', 'time_stamp', 'sts', 'speed', 'note'];
const fixture = (path: string) => readFileSync(fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url)));

/** What zstd would write if it packed nothing: blocks of up to 128 KiB as they are (RFC 8878, 3.1.1). */
function zstdOf(bytes: Buffer): Buffer {
  const blocks = Array.from({ length: Math.max(1, Math.ceil(bytes.length / 131_072)) }, (_, i) =>
    bytes.subarray(i * 131_072, (i + 1) * 131_072),
  );
  const framed = blocks.flatMap((block, i) => {
    const header = Buffer.alloc(3);
    header.writeUIntLE((i === blocks.length - 1 ? 1 : 0) | (block.length << 3), 0, 3);
    return [header, block];
  });
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]), ...framed]);
}

/** What holds a file as it is. */
const CONTAINERS: Readonly<Record<string, (bytes: Buffer) => Uint8Array>> = {
  plain: (bytes) => bytes,
  gzip: (bytes) => gzipSync(bytes),
  'gzip in two parts': (bytes) => Buffer.concat([gzipSync(bytes.subarray(0, 40)), gzipSync(bytes.subarray(40))]),
  zstd: zstdOf,
  zip: (bytes) => zipSync({ 'in.csv': bytes }),
  'zip, only stored': (bytes) => zipSync({ 'a folder/in.csv': [bytes, { level: 0 }], 'a folder/': new Uint8Array() }),
  'zip beside others': (bytes) => zipSync({ '.DS_Store': strToU8('x'), 'in.csv': bytes, 'map.pdf': strToU8('%PDF-1.7') }),
  'gzip in zip': (bytes) => zipSync({ 'in.csv.gz': gzipSync(bytes) }),
  'zstd in zip': (bytes) => zipSync({ 'in.csv.zst': zstdOf(bytes) }),
};

const quoted = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => `${row.map((text) => `"${text.replaceAll('"', '""')}"`).join()}\n`).join('');
const cell = (text: string) =>
  `<c t="inlineStr"><is><t xml:space="preserve">${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></is></c>`;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const literal = (text: string) => (JSON_NUMBER.test(text) ? text : JSON.stringify(text));

/** What holds the same rows in another way. */
const FORMATS: Readonly<Record<string, (rows: readonly (readonly string[])[]) => Uint8Array | string>> = {
  'JSON Lines': (rows) =>
    rows.map((row) => JSON.stringify(Object.fromEntries(HEADER.map((name, i) => [name, row[i]])))).join('\n') || '{"a":1}',
  'JSON Lines with numbers': (rows) =>
    rows.map((row) => `{${HEADER.map((name, i) => `"${name}":${literal(row[i]!)}`).join()}}`).join('\r\n'),
  Parquet: (rows) =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: HEADER.map((name, i) => ({ name, data: rows.map((row) => row[i]!), type: 'STRING' as const })),
        rowGroupSize: 7,
      }),
    ),
  sheet: (rows) => workbook([HEADER, ...rows].map((row) => `<row>${row.map(cell).join('')}</row>`).join('')),
};

const row = fc.tuple(
  fc.constantFrom('7', '007', '7.0', 'a,b', 'q"q', 'नाम', '353451234567890123', ''),
  fc.constantFrom('0', '12.5', '12.50', '1e1', '91', 'x', '-0.0'),
  fc.constantFrom('0', '12.5', '12.50', '+3'),
  fc.constantFrom('2021-10-23T12:00:00Z', '2021-10-23T12:00:01.5Z', '2021-10-23 12:00:02', '1634990403', 'never'),
  fc.constantFrom('2021-10-23T12:00:03Z', '2021-10-23T12:00:03.123456Z', '1634990405.5'),
  fc.constantFrom('', '0', '3.10', '-1'),
  fc.constantFrom('', 'plain', 'a,b', '<&>', 'é', 'two\nlines'),
);

describe('a recording', () => {
  const at = temporaryFolder();
  let count = 0;
  const play = (input: Parameters<typeof playFile>[0], options?: PlayFileOptions) => playFile(input, at(`${count++}.csv`), options);

  it('should give the same three files in whatever it is packed, from a file or a pipe, wherever that is cut', async () => {
    const cuts = fc.array(fc.nat(), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        arbitraryRecording,
        fc.constantFrom(...Object.keys(CONTAINERS)),
        fc.boolean(),
        cuts,
        async (text, how, isPipe, cuts) => {
          writeFileSync(at('in.csv'), text);
          const bytes = Buffer.from(CONTAINERS[how]!(Buffer.from(text)));
          writeFileSync(at('packed'), bytes);
          const packed = await play(isPipe ? [{ name: 'standard input', chunks: chunksOf(bytes, cuts) }] : at('packed'));
          expect(packed).to.deep.equal(await play(at('in.csv')));
        },
      ),
      runs(50),
    );
  });

  for (const how of Object.keys(CONTAINERS)) {
    it(`should give the files that are known: ${how}`, async () => {
      writeFileSync(at('packed'), CONTAINERS[how]!(fixture('minute.csv')));
      const { changes, late, rejected } = await play(at('packed'));
      expect(changes).to.equal(fixture('minute.expected/output_stream.csv').toString());
      expect(late).to.equal(fixture('minute.expected/output_stream.late.csv').toString());
      expect(rejected).to.equal(fixture('minute.expected/output_stream.rejected.csv').toString());
    });
  }

  it('should give the same log in whatever format it is, and reject the same rows for the same reasons', async () => {
    const reasons = (rejected: string) =>
      [...rejected.matchAll(/(?:"(?:[^"]|"")*"|[^,\n]*)(?:,|\n)/g)].map(([field]) => field).filter((_, i) => i % 3 === 1);
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 20 }),
        fc.constantFrom(...Object.keys(FORMATS)),
        fc.boolean(),
        async (rows, how, isPacked) => {
          writeFileSync(at('in.csv'), quoted([HEADER, ...rows]));
          const bytes = Buffer.from(FORMATS[how]!(rows));
          writeFileSync(at('other'), isPacked && how !== 'sheet' ? gzipSync(bytes) : bytes);
          const [plain, other] = [await play(at('in.csv')), await play(at('other'))];
          expect([other.changes, other.late]).to.deep.equal([plain.changes, plain.late]);
          expect(reasons(other.rejected)).to.deep.equal(reasons(plain.rejected));
        },
      ),
      runs(50),
    );
  });

  it('should give the same as GPX and NMEA as it gives as CSV', async () => {
    const second = (i: number) => `2021-10-23T12:00:${String(i).padStart(2, '0')}Z`;
    const checked = (body: string) =>
      `$${body}*${Buffer.from(body).reduce((sum, byte) => sum ^ byte, 0).toString(16).toUpperCase().padStart(2, '0')}\r\n`;
    const columns = { device: '@file', latitude: 'lat', longitude: 'lon', event: 'time', arrival: '', speed: 'speed' };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 59 }), { minLength: 1, maxLength: 20 }), async (seconds) => {
        const points = seconds.map((i) => ({ i, lat: `48.${String(i * 2).padStart(3, '0')}`, lon: '-9.500' }));
        writeFileSync(
          at('track.csv'),
          `time,lat,lon,speed\n${points.map(({ i, lat, lon }) => `${second(i)},${lat},${lon},${i}.5\n`).join('')}`,
        );
        const gpx = points.map(
          ({ i, lat, lon }) => `<trkpt lat="${lat}" lon="${lon}"><time>${second(i)}</time><speed>${i}.5</speed></trkpt>`,
        );
        writeFileSync(at('track.gpx'), `<gpx version="1.0" creator="x"><trk><trkseg>${gpx.join('\n')}</trkseg></trk></gpx>`);
        const expected = await play(at('track.csv'), { reading: { layout: { columns } } });
        expect(await play(at('track.gpx'))).to.deep.equal(expected);

        const minutes = points.map(({ i }) => ({ i, minutes: ((i * 2) / 1000) * 60 }));
        const nmea = minutes.map(({ i, minutes }) =>
          checked(`GPRMC,1200${String(i).padStart(2, '0')},A,48${minutes.toFixed(4).padStart(7, '0')},N,00930.0000,W,${i}.5,,231021,,`),
        );
        writeFileSync(at('track.nmea'), nmea.join(''));
        const log = (await play(at('track.nmea'))).changes.split('\n').slice(1, -1).map((line) => line.split(',').slice(0, 6));
        const rows = expected.changes.split('\n').slice(1, -1).map((line) => line.split(','));
        expect(log.map(([time, device, lat, lon, speed, event]) => [time, device, Number(lat), Number(lon), speed, event])).to.deep.equal(
          rows.map(([time, device, lat, lon, speed, event]) => [time, device, Number(lat), Number(lon), speed, event]),
        );
      }),
      runs(13),
    );
  });
});
