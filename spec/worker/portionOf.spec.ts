import { expect } from 'chai';
import fc from 'fast-check';
import { formatLine } from '../../src/stream/formatLine.js';
import { PartitionTicks } from '../../src/stream/PartitionTicks.js';
import type { StreamMessage } from '../../src/worker/ReadStream.js';
import { PlainRow } from '../../src/worker/PlainRow.js';
import { portionOf } from '../../src/worker/portionOf.js';
import { runs } from '../support/runs.js';

const NOON = Date.UTC(2021, 9, 23, 12) * 1000;
const SOURCES = { said: 3, stream: 9 };

type Sources = Parameters<typeof portionOf>[1];

const message = (text: string | Buffer, source: string | undefined = 'recording a'): StreamMessage => ({
  seq: 7, time: NOON, partition: 0, publisher: '', source, data: Buffer.from(text), pending: 0,
});
const read = (text: string | Buffer, plain?: PlainRow, sources: Sources = SOURCES) => {
  const portion = portionOf(message(text), sources, new PartitionTicks(true), plain);
  return { ...portion, rejected: portion.rejected.map((row) => ({ ...row, record: Buffer.from(row.record).toString('latin1') })) };
};

/** Numbers as people and programs write them. */
const numbers = (max: number) =>
  fc.oneof(
    fc.double({ min: -max, max, noNaN: true }).map(String),
    fc.tuple(fc.integer({ min: 1 - max, max: max - 1 }), fc.nat()).map(([whole, rest]) => String(whole + rest / 2_147_483_659)),
    fc.tuple(fc.integer({ min: -max, max }), fc.nat({ max: 99_999_999 })).map(([whole, rest]) => `${whole}.${rest}`),
    fc.integer({ min: -max, max }).map(String),
    fc.constantFrom('0', '-0', '0.0', '7.0', '+7', '7e0', '1e-7', '0.000001', '0.0000001', '.5', '5.', '00.5', '-0.5', '9007199254740993'),
  );

const fixes = fc.record({
  device: fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('8250', 'n\u00e4mbus', '\u{1f68c}', '"', 'a\\b', ' ')),
  arrival: fc.integer({ min: NOON - 1e15, max: NOON + 1e15 }),
  ahead: fc.integer({ min: -1e12, max: 86_400_000_000 }),
  latitude: numbers(90),
  longitude: numbers(180),
  speed: fc.oneof(fc.constant(''), numbers(90).map((text) => text.replace('-', ''))),
  extra: fc.oneof(fc.constant({}), fc.constant({}), fc.constant({}), fc.dictionary(fc.string({ minLength: 1 }), fc.string())),
  seq: fc.oneof(fc.nat(), fc.constantFrom(undefined, 2 ** 40 - 1)),
});

describe('portionOf', () => {
  it('should read the usual lines straight into rows, with what comes of reading any', () => {
    const plain = new PlainRow();
    fc.assert(
      fc.property(fc.array(fixes, { maxLength: 5 }), (all) => {
        const lineOf = ({ ahead, seq, ...fix }: (typeof all)[number]) =>
          formatLine({ ...fix, event: fix.arrival + ahead, ...(seq === undefined ? {} : { seq }) });
        const text = all.map((one) => `${lineOf(one)}\n`).join('');
        expect(read(text, plain)).to.deep.equal(read(text));
      }),
      runs(300),
    );
  });

  it('should do so too with lines that somebody has changed', () => {
    const plain = new PlainRow();
    const place = { latitude: '52.5', longitude: '-13.25', speed: '7', extra: {} };
    const line = formatLine({ device: '8250', arrival: NOON, event: NOON - 1e6, ...place, seq: 12 });
    const others = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('0', '1', '.', '-', '"', '\\', '\n', ','));
    fc.assert(
      fc.property(fc.nat({ max: line.length }), fc.nat({ max: 3 }), others, (at, cut, more) => {
        const text = line.slice(0, at) + more + line.slice(at + cut);
        expect(read(text, plain)).to.deep.equal(read(text));
        const bytes = Buffer.from(line);
        bytes[Math.min(at, bytes.length - 1)] = 0xff;
        expect(read(bytes, plain)).to.deep.equal(read(bytes));
      }),
      runs(400),
    );
  });

  it('should take the place of the message and the line where there is no source', () => {
    const line = formatLine({ device: '7', arrival: NOON, event: NOON, latitude: '1', longitude: '2', speed: '', extra: {}, seq: 5 });
    const places = (sources: Sources) => read(`${line}\n${line}\n`, new PlainRow(), sources).rows.map(({ seq }) => seq);
    expect(places(SOURCES)).to.deep.equal([3 * 2 ** 40 + 5, 3 * 2 ** 40 + 5]);
    expect(places({ said: undefined, stream: 9 })).to.deep.equal([9 * 2 ** 40 + 7000, 9 * 2 ** 40 + 7001]);
  });

  it('should keep every line of a message that has too many', () => {
    const line = formatLine({ device: '7', arrival: NOON, event: NOON, latitude: '1', longitude: '2', speed: '', extra: {}, seq: 5 });
    const { rows, rejected } = read(`${line}\n`.repeat(1003), new PlainRow());
    expect([rows.length, rejected.map(({ line, reason }) => `${line} ${reason}`)]).to.deep.equal([
      1000,
      [1001, 1002, 1003].map((at) => `${at} the message has more than 1000 lines`),
    ]);
  });
});
