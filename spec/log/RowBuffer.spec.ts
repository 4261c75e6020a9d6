import { expect } from 'chai';
import fc from 'fast-check';
import { DeviceIds } from '../../src/domain/DeviceIds.js';
import { RowBuffer } from '../../src/log/RowBuffer.js';

interface Added {
  readonly text: string;
  readonly device: number;
  readonly arrival: number;
  readonly event: number;
  readonly due: number;
  readonly verdict: number;
}

const added = fc.array(
  fc.record({
    text: fc.oneof(
      fc.string(),
      fc.constantFrom(5000, 100_000).map((length) => 'x'.repeat(length)),
    ),
    device: fc.nat(),
    arrival: fc.maxSafeInteger(),
    event: fc.maxSafeInteger(),
    due: fc.constantFrom(-Infinity, NaN, 0, 1.5),
    verdict: fc.nat(3),
  }),
  { maxLength: 60 },
);

function add(rows: RowBuffer, { text, device, arrival, event, due, verdict }: Added): void {
  const bytes = Buffer.from(text);
  rows.makeRoom(bytes.length);
  const at = rows.size;
  bytes.copy(rows.memory.bytes, at);
  rows.end(at + bytes.length, device, arrival, event, due, verdict);
}

/** All that there is of rows. */
const read = (rows: RowBuffer) => ({
  text: rows.bytes.toString(),
  due: [...rows.due],
  columns: [rows.device, rows.arrival, rows.event, rows.verdict, rows.ends].map((column) => [...column.subarray(0, rows.count)]),
  devices: rows.devices,
});

function expected(all: readonly Added[], devices: DeviceIds) {
  let end = 0;
  return {
    text: all.map(({ text }) => text).join(''),
    due: all.flatMap(({ due }) => (due > -Infinity ? [due] : [])),
    columns: [
      all.map(({ device }) => device),
      all.map(({ arrival }) => arrival),
      all.map(({ event }) => event),
      all.map(({ verdict }) => verdict),
      all.map(({ text }) => (end += Buffer.byteLength(text))),
    ],
    devices,
  };
}

describe('RowBuffer', () => {
  it('should hold any rows that are put into it, however little room it had, also when it is used again', () => {
    const used = new RowBuffer();
    fc.assert(
      fc.property(added, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 200 }), (all, room, bytes) => {
        const devices = new DeviceIds();
        for (const rows of [used.clear(), new RowBuffer(room, bytes)]) {
          rows.devices = devices;
          for (const each of all) add(rows, each);
          expect(read(rows)).to.deep.equal(expected(all, devices));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('should give a copy that nothing changes, in as little memory as it takes, to which rows may be added', () => {
    fc.assert(
      fc.property(added, added, (all, others) => {
        const rows = new RowBuffer();
        rows.devices = new DeviceIds();
        for (const each of all) add(rows, each);
        const copy = rows.copy();
        expect([copy.ends.length, copy.memory.bytes.length]).to.deep.equal([rows.count, rows.size]);
        rows.clear();
        for (const each of others) add(rows, each);
        expect(read(copy)).to.deep.equal(expected(all, rows.devices));
        for (const each of others) add(copy, each);
        expect(read(copy)).to.deep.equal(expected([...all, ...others], rows.devices));
        expect(read(rows)).to.deep.equal(expected(others, rows.devices));
      }),
      { numRuns: 100 },
    );
  });
});
