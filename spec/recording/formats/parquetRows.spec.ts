import { writeFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { failureOf } from '../../support/failureOf.js';
import { partsRead } from '../../support/partsRead.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

type Writing = Parameters<typeof parquetWriteBuffer>[0];

describe('parquetRows', () => {
  const at = temporaryFolder();
  const read = async (bytes: Uint8Array) => {
    writeFileSync(at('trips.parquet'), bytes);
    const [part] = await partsRead(at('trips.parquet'));
    expect(part!.kind).to.equal('parquet');
    return { header: part!.header!, rows: part!.rows! };
  };
  const written = (writing: Writing) => new Uint8Array(parquetWriteBuffer(writing));
  const said = async (bytes: Uint8Array) => (await failureOf(read(bytes))).message.replace(at('trips.parquet'), 'trips.parquet');

  it('should write values of each type exactly as they stand in the file', async () => {
    const instant = 1_634_992_203_385_959n; // µs
    const leaf = (name: string, type: string, more = {}) => ({ name, type, repetition_type: 'OPTIONAL', ...more });
    const timestamp = (unit: string, isAdjustedToUTC: boolean) => ({ logical_type: { type: 'TIMESTAMP', isAdjustedToUTC, unit } });
    const columns = [
      [leaf('id', 'INT64'), 353_451_234_567_890_123n, '353451234567890123'],
      [leaf('millis', 'INT64', { converted_type: 'TIMESTAMP_MILLIS' }), instant / 1000n, '2021-10-23T12:30:03.385Z'],
      [leaf('micros', 'INT64', timestamp('MICROS', true)), instant, '2021-10-23T12:30:03.385959Z'],
      [leaf('local', 'INT64', timestamp('MICROS', false)), instant, '2021-10-23T12:30:03.385959'],
      [leaf('nanos', 'INT64', timestamp('NANOS', true)), instant * 1000n + 7n, '2021-10-23T12:30:03.385959007Z'],
      [leaf('before', 'INT64', timestamp('MICROS', true)), -1n, '1969-12-31T23:59:59.999999Z'],
      [leaf('day', 'INT32', { converted_type: 'DATE' }), 18_923, '2021-10-23'],
      [leaf('money', 'INT64', { converted_type: 'DECIMAL', precision: 18, scale: 7 }), 487_410_000n, '48.7410000'],
      [leaf('less', 'INT32', { converted_type: 'DECIMAL', precision: 9, scale: 2 }), -0.05, '-0.05'],
      [leaf('single', 'FLOAT'), Math.fround(0.1), '0.1'],
      [leaf('double', 'DOUBLE'), 27.877958297729492, '27.877958297729492'],
      [leaf('flag', 'BOOLEAN'), true, 'true'],
      [leaf('text', 'BYTE_ARRAY', { converted_type: 'UTF8' }), 'a, "é"', 'a, "é"'],
      [leaf('bytes', 'BYTE_ARRAY'), new Uint8Array([0xff, 0x00]), 'ff00'],
      [leaf('unnamed', 'BYTE_ARRAY'), new Uint8Array(Buffer.from('007')), '007'],
      [leaf('json', 'BYTE_ARRAY', { converted_type: 'JSON' }), { a: 1 }, '{"a":1}'],
    ] as const;
    const schema = [
      { name: 'root', num_children: columns.length },
      ...columns.map(([element]) => element),
    ] as unknown as Writing['schema'] & object;
    const columnData = columns.map(([{ name }, value]) => ({ name, data: [value, null] }));
    const { header, rows } = await read(written({ columnData, schema }));
    expect(header).to.deep.equal(columns.map(([{ name }]) => name));
    expect(rows).to.deep.equal([columns.map(([, , text]) => text), columns.map(() => '')]);
  });

  it('should read the same whatever has packed its pages, and however many row groups it has', async () => {
    const text = { name: 'text', data: Array.from({ length: 5000 }, (_, i) => `row ${i % 7}`) };
    const number = { name: 'number', data: Array.from({ length: 5000 }, (_, i) => i), type: 'INT32' as const };
    const expected = text.data.map((value, i) => [value, String(i)]);
    const compressors = { GZIP: (bytes: Uint8Array) => gzipSync(bytes), BROTLI: (bytes: Uint8Array) => brotliCompressSync(bytes) };
    for (const codec of ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI'] as const)
      for (const rowGroupSize of [1500, 10_000])
        expect((await read(written({ columnData: [text, number], codec, compressors, rowGroupSize }))).rows, codec).to.deep.equal(expected);
  });

  it('should have columns within columns as their own, and lists as JSON', async () => {
    const schema = [
      { name: 'root', num_children: 2 },
      { name: 'place', num_children: 2, repetition_type: 'OPTIONAL' },
      { name: 'lat', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
      { name: 'lon', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
      { name: 'tags', converted_type: 'LIST', num_children: 1, repetition_type: 'OPTIONAL' },
      { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
      { name: 'element', type: 'INT64', repetition_type: 'OPTIONAL' },
    ] as unknown as Writing['schema'] & object;
    const columnData = [
      { name: 'place', data: [{ lat: 1.5, lon: 2 }, null] },
      { name: 'tags', data: [[1n, 2n], []] },
    ];
    expect(await read(written({ columnData, schema }))).to.deep.equal({
      header: ['place.lat', 'place.lon', 'tags'],
      rows: [['1.5', '2', '[1,2]'], ['', '', '[]']],
    });
  });

  it('should number its rows from 1, and show them as CSV', async () => {
    writeFileSync(at('rows.parquet'), written({ columnData: [{ name: 'a', data: ['x, y', 'z'] }, { name: 'b', data: [1, 2] }] }));
    const { partsOf } = await import('../../../src/recording/formats/partsOf.js');
    for await (const { rows } of partsOf({ name: at('rows.parquet') }, { tmp: at('.') })) {
      const all = [];
      for await (const batch of rows!) all.push(...batch.map(({ line, raw }) => [line, raw]));
      expect(all.slice(1)).to.deep.equal([[1, '"x, y",1'], [2, 'z,2']]);
    }
  });

  it('should read doubles so that they are the same numbers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), async (data) => {
        const { rows } = await read(written({ columnData: [{ name: 'a', data, type: 'DOUBLE' }] }));
        expect(rows.map((row) => Number((row as readonly string[])[0]) + 0)).to.deep.equal(data.map((value) => value + 0));
      }),
      { numRuns: 50 },
    );
  });

  it('should say that a file is not whole, in one line', async () => {
    const whole = written({ columnData: [{ name: 'a', data: Array.from({ length: 1000 }, (_, i) => `row ${i}`) }] });
    expect(await said(Buffer.from('PAR1  abc\xffPAR1', 'latin1'))).to.match(
      /^cannot read trips\.parquet: it is not a complete Parquet file \(its metadata length \d+ exceeds available buffer 6\): get it again$/,
    );
    expect(await said(Buffer.from('PAR1\x15'))).to.equal(
      'cannot read trips.parquet: it is not a complete Parquet file (it does not end as one): get it again',
    );
    expect(await said(whole.subarray(0, -1))).to.equal(
      'cannot read trips.parquet: it is not a complete Parquet file (it does not end as one): get it again',
    );
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const damaged = Uint8Array.from(whole);
        damaged[place]! ^= change;
        if (!/^PAR1(?![,;|"\t\r\n])/.test(Buffer.from(damaged).toString('latin1', 0, 5))) return; // it is of another kind then
        const outcome = await read(damaged).then(() => 'read', (error: unknown) => (error as Error).message);
        expect(outcome).to.match(/^read$|^cannot read .*trips\.parquet: it is not a complete Parquet file \([^\n]*\): get it again$/);
      }),
      { numRuns: 300 },
    );
  });
});
