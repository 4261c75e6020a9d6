import { expect } from 'chai';
import fc from 'fast-check';
import { DeviceIds } from '../../src/domain/DeviceIds.js';
import { fixObject } from '../../src/domain/fixObject.js';
import type { Update } from '../../src/domain/latest.js';
import { RowBuffer } from '../../src/log/RowBuffer.js';
import { JsonRows } from '../../src/send/JsonRows.js';
import { arbitraryFixes, texts } from '../support/arbitraryFixes.js';
import { cutInto } from '../support/cutInto.js';
import { fix } from '../support/fix.js';
import { judgedOf } from '../support/judgedOf.js';
import { update } from '../support/update.js';

/** What a question would print of the fixes, without their age, and their places. */
const linesOf = (updates: readonly Update[], names: readonly string[], onlyChanges: boolean) =>
  updates
    .map(({ fix, verdict }, i) => ({ line: `${JSON.stringify({ ...fixObject(fix, names), seq: i + 1 })}\n`, verdict }))
    .filter(({ verdict }) => !onlyChanges || verdict === 'change')
    .map(({ line }) => line);

const bytesOf = (rows: RowBuffer) => rows.bytes.toString();

describe('JsonRows', () => {
  const found = fc.array(fc.constantFrom('change' as const, 'late' as const, 'duplicate' as const), { minLength: 40, maxLength: 40 });
  const name = fc.oneof(
    { weight: 3, arbitrary: texts.filter((text) => text !== 'seq') },
    { weight: 1, arbitrary: fc.constantFrom('7', '0', '__proto__', 'toString') },
  );
  const stream = fc.nat({ max: 2 }).chain((extra) =>
    fc.record({
      fixes: arbitraryFixes({ maxLength: 40, extra }),
      found,
      names: fc.uniqueArray(name, { minLength: extra, maxLength: extra }),
      onlyChanges: fc.boolean(),
      sizes: fc.array(fc.constantFrom(1, 2, 7, 8192), { minLength: 1, maxLength: 3 }),
    }),
  );

  it('should write any fixes as `query --format json` does, and their places, however they are cut into batches', () => {
    fc.assert(
      fc.property(stream, ({ fixes, found, names, onlyChanges, sizes }) => {
        const updates = fixes.map((fix, i) => update(fix, found[i]));
        const [format, devices, rows] = [new JsonRows(names), new DeviceIds(), new RowBuffer(1, 1)];
        for (const piece of cutInto(updates, sizes)) format.add(judgedOf(piece, devices), onlyChanges, rows);
        const lines = linesOf(updates, names, onlyChanges);
        expect(bytesOf(rows) === lines.join(''), bytesOf(rows).slice(0, 2000)).to.equal(true);
        let end = 0;
        expect([...rows.ends.subarray(0, rows.count)]).to.deep.equal(lines.map((line) => (end += Buffer.byteLength(line))));
      }),
      { numRuns: 300 },
    );
  });

  it('should write every number as JSON does, however it was written', () => {
    const digits = (minLength: number, maxLength: number) =>
      fc.array(fc.constantFrom('0', '0', '0', '1', '5', '9'), { minLength, maxLength, size: 'max' }).map((all) => all.join(''));
    const decimal = fc
      .tuple(fc.constantFrom('', '-', '+'), digits(0, 2), fc.boolean(), digits(0, 20), fc.constantFrom('', '', '', 'e-3', 'E1'))
      .map(([sign, whole, point, rest, exponent]) => `${sign}${whole}${point ? `.${rest}` : ''}${exponent}`)
      .filter((text) => /\d/.test(text.replace(/e.*/i, '')));
    const written = fc.oneof(decimal, fc.double({ noNaN: true, min: -90, max: 90 }).map(String), fc.constantFrom('-0', '-0.0', '0.000001', '0.0000001', '-0.0000012'));
    fc.assert(
      fc.property(written, written, written, (latitude, longitude, speed) => {
        const rows = new RowBuffer();
        new JsonRows([]).add(judgedOf([update({ ...fix('a', { event: 1 }), latitude, longitude, speed })]), false, rows);
        const line = bytesOf(rows);
        const told = [...line.matchAll(/"(?:lat|lon|speed)":([^,]*)/g)].map(([, number]) => number);
        expect(told).to.deep.equal([latitude, longitude, speed].map((text) => JSON.stringify(Number(text))));
      }),
      { numRuns: 3000 },
    );
  });

  it('should write places of any length', () => {
    const [format, devices, updates] = [new JsonRows([]), new DeviceIds(), Array.from({ length: 1001 }, (_, i) => update(fix('a', { event: i })))];
    const rows = new RowBuffer();
    format.add(judgedOf(updates, devices), false, rows);
    expect(bytesOf(rows)).to.equal(linesOf(updates, [], false).join(''));
  });

  it('should give an extra column another name that is called as the place is', () => {
    const rows = new RowBuffer();
    new JsonRows(['seq', 'seq_2']).add(judgedOf([update({ ...fix('a', { event: 1 }), extra: ['mine', 'x'] })]), false, rows);
    expect(JSON.parse(bytesOf(rows))).to.include({ seq: 1, seq_2: 'x', seq_3: 'mine' });
  });
});
