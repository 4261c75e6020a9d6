import { isUtf8 } from 'node:buffer';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { quotedRows } from '../../../src/csv/quotedRows.js';
import { readBlocks } from '../../../src/csv/readBlocks.js';
import type { Dialect as CsvDialect } from '../../../src/csv/Dialect.js';
import { RECORDING_COLUMNS, type ColumnNames, type Columns } from '../../../src/domain/columns.js';
import type { Layout } from '../../../src/domain/Layout.js';
import { findColumns } from '../../../src/domain/findColumns.js';
import { isRejected, parseFix, type Fix, type Rejected } from '../../../src/domain/fix.js';
import { RecordedTimes } from '../../../src/domain/times/RecordedTimes.js';
import { Noticed } from '../../../src/domain/Noticed.js';
import { DeviceIds } from '../../../src/domain/DeviceIds.js';
import { BatchMaker, placesOf } from '../../../src/recording/order/BatchMaker.js';
import { fixesOf } from '../../../src/recording/fixesOf.js';
import { FixRecords } from '../../../src/recording/FixRecords.js';
import { byteFault } from '../../../src/recording/scan/byteFault.js';
import { parsingOf } from '../../../src/recording/scan/parsingOf.js';
import { openFixes } from '../../../src/recording/scan/openFixes.js';
import { arbitraryRecording } from '../../support/arbitraryRecording.js';
import { EXTREME_ROWS, extremeRecording, USUAL_ROW } from '../../support/extremeRecording.js';
import { failureOf } from '../../support/failureOf.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { runs } from '../../support/runs.js';

const RECORDED = { event: new RecordedTimes(), arrival: new RecordedTimes() };

interface Found {
  readonly fixes: readonly Fix[];
  readonly rejected: readonly Rejected[];
  readonly noticed: Noticed;
}

/** The same bytes, cut at some places. */
async function* chunksOf(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer, void, undefined> {
  const places = [...new Set([...cuts.map((cut) => cut % bytes.length), bytes.length])].sort((a, b) => a - b).filter((place) => place > 0);
  for (const [i, place] of places.entries()) yield await Promise.resolve(bytes.subarray(places[i - 1] ?? 0, place));
}

const plain = ({ device, arrival, event, latitude, longitude, speed, extra }: Fix) => ({
  device,
  arrival,
  event,
  latitude,
  longitude,
  speed,
  extra: [...extra],
});

interface ReadOptions {
  readonly chunks?: AsyncIterable<Buffer>;
  readonly names?: ColumnNames;
  readonly said?: Layout;
  readonly maxClockAhead?: number | undefined;
}

describe('openFixes', () => {
  const at = temporaryFolder();

  /** What csv-parse and parseFix make of a file, whether there are quotes in it or not: the definition. */
  async function defined(
    path: string,
    names?: ColumnNames,
    given: { chunks?: AsyncIterable<Buffer>; maxClockAhead?: number } = {},
  ): Promise<Found> {
    const { chunks, ...options } = given;
    const blocks = readBlocks(path, { chunks, anyText: true });
    const first = await blocks.next();
    const all = [];
    for await (const rows of quotedRows(path, first.value!, blocks, { dialect: { delimiter: ',', trim: true, backslash: false } })) {
      for (const { fields, line, raw, source } of rows) all.push({ fields, line, raw, source: source! });
    }
    const [header, ...rows] = all;
    const columns = findColumns(header!.fields, names);
    const noticed = new Noticed();
    const results = rows.map(({ source, ...row }) =>
      isUtf8(source)
        ? parseFix(row, columns, { times: RECORDED, noticed, ...options })
        : { line: row.line, reason: byteFault(source), record: row.raw },
    );
    return {
      fixes: results.filter((result): result is Fix => !isRejected(result)).map(plain),
      rejected: results.filter(isRejected),
      noticed,
    };
  }

  const parsed = (text: Buffer, names: ColumnNames, maxClockAhead?: number) =>
    defined('recording.csv', names, { chunks: chunksOf(text, []), ...(maxClockAhead === undefined ? {} : { maxClockAhead }) });

  async function read(
    path: string,
    blockSize = 1 << 20,
    { names, chunks, said, ...options }: ReadOptions = {},
  ): Promise<Found> {
    const rejected: Rejected[] = [];
    const fixes: Fix[] = [];
    const maker = new BatchMaker(7);
    const layout = said ?? (names ? { columns: names } : {});
    const part = { name: path, kind: 'csv', of: 1, csv: { chunks, blockSize } } as const;
    const noticed = new Noticed();
    const open = await openFixes(part, { said: { given: layout }, noticed, ...options });
    const { columns } = open.understood;
    const records = new FixRecords(new DeviceIds(), columns.extra.map(({ name }) => name));
    for await (const block of open.read({ records, columns, rejected: (row) => rejected.push(row) })) {
      const order = { keys: block.arrival.subarray(0, block.rows), places: placesOf(block) };
      for (const batch of maker.batches(block, order)) fixes.push(...fixesOf(batch));
      block.clear();
    }
    return { fixes: fixes.map(plain), rejected, noticed };
  }

  const expectAsDefined = async (text: string | Buffer, blockSize?: number) => {
    writeFileSync(at('recording.csv'), text);
    const outcome = (work: Promise<unknown>) => work.catch((error: unknown) => (error as Error).message);
    expect(await outcome(read(at('recording.csv'), blockSize))).to.deep.equal(await outcome(defined(at('recording.csv'))));
  };

  it('should give the fixes and the rejections that csv-parse and parseFix give of any recording', async () => {
    await fc.assert(fc.asyncProperty(arbitraryRecording, fc.integer({ min: 1, max: 200 }), expectAsDefined), runs(100));
  });

  it('should give the same of rows without quotes, whatever is in their fields, in whatever order they are', async () => {
    const names = ['device_fk_id', 'latitude', 'longitude', 'time_stamp', 'sts', 'speed', 'note', 'größe'];
    const number = fc.constantFrom(
      '0',
      '-0',
      '-',
      '',
      '.',
      '.5',
      '5.',
      '-12.50',
      '+3',
      '1e1',
      '89.999',
      '90',
      '90.0',
      '-90',
      '90.1',
      '179',
      '180',
      '0180',
      '00090',
      '12345',
      '1.2.3',
      '１',
    );
    const time = fc.oneof(
      fc.constantFrom(
        '2021-10-23T12:30:03Z',
        '2021-10-23 12:30:03.385959Z',
        '2021-10-23T12:30:03.38595987',
        '2021-10-23T12:30:03.1234567890Z',
        '2021-10-23T12:30:03.Z',
        '2021-10-23T12:30',
      ),
      fc.constantFrom(
        '2021-10-23T12:30:03+05:30',
        '2021-10-23t12:30:03z',
        '2021-10-23T24:00:00Z',
        '2021-10-23T12:60:00Z',
        '2021-10-23T12:30:60Z',
        '2023-02-29T00:00:00Z',
        '2024-02-29T00:00:00Z',
      ),
      fc.constantFrom(
        '1683-01-01T00:00:00Z',
        '9999-12-31T23:59:59Z',
        '2021-1-23T12:30:03Z',
        '2021-10-23X12:30:03Z',
        '2021/10/23T12:30:03Z',
        '2039-01-01T00:00:00.5Z',
        '2021-10-23T12:30:03Z ',
        '20211-10-23T12:30:03',
      ),
    );
    const text = fc.constantFrom('', '7', '007', 'a b', 'é', '\r', 'x\ry', '\0', '\u2028', ' ');
    const row = fc.tuple(text, number, number, time, time, number, text, text);
    const odd = fc.array(text, { maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }),
        fc.array(fc.oneof({ weight: 8, arbitrary: row }, { weight: 1, arbitrary: odd }), { maxLength: 30 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('', '\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 500 }),
        async (order, rows, lineEnd, last, blockSize) => {
          const lines = [names, ...rows].map((fields) => (fields.length === 8 ? order.map((i) => fields[i]!) : fields).join(','));
          await expectAsDefined(lines.join(lineEnd) + last, blockSize);
        },
      ),
      runs(166),
    );
  });

  const DIALECTS: readonly (readonly [delimiter: string, said: Layout])[] = [
    [';', {}],
    ['\t', {}],
    ['|', {}],
    [';', { columns: { arrival: '' }, unknownSpeeds: [3] }],
    [',', { columns: { event: 'sts', arrival: 'sts' } }],
    [';', { device: 'bus 7', decimal: '.' }],
    [',', { columns: { zone: 'note' } }],
    [';', { keep: ['größe'], times: { event: ['dd.MM.yyyy HH:mm:ss'] }, zone: { arrival: 'Asia/Kolkata' } }],
    [',', { columns: { latitude: 'longitude', event: 'time_stamp+note' } }],
  ];
  for (const [delimiter, said] of DIALECTS) {
    it(`should give what csv-parse and parseFix give of rows separated by ${JSON.stringify(delimiter)}, with ${JSON.stringify(said)}`, async () => {
      const names = ['device_fk_id', 'latitude', 'longitude', 'time_stamp', 'sts', 'speed', 'note', 'größe'];
      const number = fc.constantFrom('0', '-12.50', '12,5', '3', '3.5', '3,0', '-1', '', '1,2,3', '1.2,3', '89,999', ' 5', '5 ', '+3', 'x');
      const time = fc.constantFrom(
        ...['2021-10-23T12:30:03Z', '2021-10-23 12:30:03.385959', '2021-10-23 12:30', '23.10.2021 12:30:03', '1634992203', '1634992203.5'],
        ...['2021-10-23T12:30:03+05:30', ' 2021-10-23T12:30:03Z', '2023-02-29T00:00:00Z', '2039-01-01T00:00:00Z', '+05:30', ''],
      );
      const text = fc.constantFrom('', '7', 'a b', ' a', 'a\u00a0', 'é', 'a,b', ',', 'a;b', '+05:30', 'Asia/Kolkata', '#', "'", '\\');
      const row = fc.tuple(text, number, number, time, time, number, text, text);
      const split: CsvDialect = { delimiter, trim: true, backslash: false };
      const columnsOf = (header: readonly string[]) =>
        findColumns(header, { ...RECORDING_COLUMNS, ...said.columns }, { device: said.device, keep: said.keep });
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }),
          fc.array(row, { maxLength: 20 }),
          fc.integer({ min: 1, max: 500 }),
          async (order, rows, blockSize) => {
            const lines = [names, ...rows].map((fields) => order.map((at) => fields[at]!).join(delimiter));
            const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
            const first = readBlocks('recording.csv', { chunks: chunksOf(bytes, []) });
            const noticed = new Noticed();
            const [fixes, rejected]: [Fix[], Rejected[]] = [[], []];
            let columns: Columns | undefined;
            const options = { ...parsingOf({ ...said, delimiter }), noticed };
            for await (const parsed of quotedRows('recording.csv', (await first.next()).value!, first, { dialect: split })) {
              for (const row of parsed) {
                const result = columns && parseFix({ fields: row.fields, line: row.line, raw: row.raw }, columns, options);
                columns ??= columnsOf(row.fields);
                if (result && isRejected(result)) rejected.push(result);
                else if (result) fixes.push(result);
              }
            }
            const taken = await read('recording.csv', blockSize, { chunks: chunksOf(bytes, []), said: { ...said, delimiter } });
            expect(taken).to.deep.equal({ fixes: fixes.map(plain), rejected, noticed });
          },
        ),
        runs(100),
      );
    });
  }

  it('should give the same of any bytes below a header', async () => {
    const byte = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...Buffer.from('0123456789-.:TZ,,\n\r" ')) },
      { weight: 1, arbitrary: fc.nat({ max: 255 }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(byte, { maxLength: 300 }), async (bytes) => {
        await expectAsDefined(Buffer.concat([Buffer.from('device_fk_id,latitude,longitude,time_stamp,sts,speed\n'), Buffer.from(bytes)]));
      }),
      runs(100),
    );
  });

  it('should give the same of a fix that was changed in one place', async () => {
    const row = '25029,27.877958297729492,76.06095886230469,2021-10-23T14:08:02Z,2021-10-23T14:08:08.5984Z,0';
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.nat({ max: row.length }),
            fc.nat({ max: 2 }),
            fc.constantFrom('', '0', '9', '-', '.', ',', ':', 'Z', ' ', '\r', '+', 'e', '"', 'é'),
          ),
          { maxLength: 20 },
        ),
        async (changes) => {
          const rows = changes.map(([place, cut, put]) => row.slice(0, place) + put + row.slice(place + cut));
          await expectAsDefined(`device_fk_id,latitude,longitude,time_stamp,sts,speed\n${rows.map((text) => `${text}\n`).join('')}`);
        },
      ),
      runs(166),
    );
  });

  it('should give what csv-parse and parseFix give of each value that is the least, the greatest or the longest, in the first row and below another', async () => {
    for (const row of EXTREME_ROWS) {
      const rows = [USUAL_ROW, row].map((fields) => Object.values(fields).join(','));
      for (const order of [[1], [1, 0], [0, 1], [0, 1, 0]]) {
        const bytes = Buffer.from(`${[Object.keys(row).join(','), ...order.map((i) => rows[i])].join('\n')}\n`);
        expect(await read('recording.csv', undefined, { chunks: chunksOf(bytes, []) }), rows[1]!.slice(0, 200)).to.deep.equal(
          await parsed(bytes, RECORDING_COLUMNS),
        );
      }
    }
  });

  for (const [what, quotes] of [['without', 'none'], ['with', 'closed'], ['with open', 'open']] as const) {
    it(`should give what csv-parse and parseFix give of the least, the greatest and the longest values ${what} quotes, from the first row on, wherever a chunk is cut`, async () => {
      const cuts = fc.array(fc.nat({ max: 0xffff_ffff }), { maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(
          extremeRecording({ quotes }),
          cuts,
          fc.constantFrom(undefined, 0, 1, Infinity),
          async ({ text, hasSpeed }, cuts, maxClockAhead) => {
            const bytes = Buffer.from(text);
            const names = { ...RECORDING_COLUMNS, ...(hasSpeed ? {} : { speed: '' }) };
            const outcome = (work: Promise<unknown>) => work.catch((error: unknown) => (error as Error).message);
            expect(await outcome(read('recording.csv', undefined, { chunks: chunksOf(bytes, cuts), names, maxClockAhead }))).to.deep.equal(
              await outcome(parsed(bytes, names, maxClockAhead)),
            );
          },
        ),
        runs(83),
      );
    });
  }

  it('should refuse a row of more than 16 MiB, which might be one of more than 64 MiB in a log', async () => {
    const header = 'device_fk_id,latitude,longitude,time_stamp,sts,speed,note\n7,1,2,2021-10-23T12:30:03Z,2021-10-23T12:30:04Z,3,';
    for (const [text, reason] of [
      ['x'.repeat(17 * 2 ** 20), 'recording.csv:2: a line longer than 16 MiB: is this a CSV file?'],
      [`"${'x\n'.repeat(9 * 2 ** 20)}"`, 'recording.csv:2: a row longer than 16 MiB: is a quote left open?'],
    ] as const) {
      const bytes = Buffer.from(header + text);
      const cuts = Array.from({ length: 128 }, (_, i) => i << 18);
      expect((await failureOf(read('recording.csv', undefined, { chunks: chunksOf(bytes, cuts) }))).message).to.equal(reason);
    }
  });
});
