import { expect } from 'chai';
import fc from 'fast-check';
import { formatRow } from '../../src/csv/formatRow.js';
import { DeviceIds } from '../../src/domain/DeviceIds.js';
import type { Judged } from '../../src/domain/FixBatch.js';
import type { Fix } from '../../src/domain/fix.js';
import { formatInstant } from '../../src/domain/instant.js';
import { VERDICTS, type Update } from '../../src/domain/latest.js';
import { RowBuffer } from '../../src/log/RowBuffer.js';
import { RowFormat } from '../../src/log/RowFormat.js';
import { arbitraryFixes, instants } from '../support/arbitraryFixes.js';
import { cutInto } from '../support/cutInto.js';
import { fix } from '../support/fix.js';
import { judgedOf } from '../support/judgedOf.js';
import { update } from '../support/update.js';

/** The fields of a fix, one text after the other. */
const fieldsOf = ({ arrival, device, latitude, longitude, speed, event, extra }: Fix) => [
  formatInstant(arrival),
  device,
  latitude,
  longitude,
  speed,
  formatInstant(event),
  ...extra,
];
const changeRow = ({ fix }: Update) => formatRow(fieldsOf(fix));
const otherRow = ({ fix, verdict, held }: Update) => formatRow([...fieldsOf(fix), verdict, formatInstant(held!.event)]);

/** The rows that are to be there of some updates, and whose they are. */
function expectRows(rows: RowBuffer, updates: readonly Update[], rowOf: (update: Update) => string): void {
  const texts = updates.map(rowOf);
  expect(rows.bytes.toString() === texts.join(''), 'all texts').to.equal(true); // a diff of megabytes takes minutes
  let end = 0;
  expect([...rows.ends.subarray(0, rows.count)]).to.deep.equal(texts.map((text) => (end += Buffer.byteLength(text))));
  expect([...rows.arrival.subarray(0, rows.count)]).to.deep.equal(updates.map(({ fix }) => fix.arrival));
  expect([...rows.event.subarray(0, rows.count)]).to.deep.equal(updates.map(({ fix }) => fix.event));
  expect(Array.from(rows.device.subarray(0, rows.count), (device) => rows.devices.id(device))).to.deep.equal(
    updates.map(({ fix }) => fix.device),
  );
}

const isChange = ({ verdict }: Update) => verdict === 'change';
const isOther = (update: Update) => !isChange(update);

/** What was found of any fixes, without regard to the rule. */
const updates = fc
  .tuple(arbitraryFixes({ maxLength: 40 }), fc.array(fc.tuple(fc.constantFrom(...VERDICTS), instants), { minLength: 40, maxLength: 40 }))
  .map(([fixes, found]) =>
    fixes.map((one, i): Update => ({
      ...update(one, found[i]![0]),
      held: found[i]![0] === 'change' ? undefined : fix(one.device, { event: found[i]![1] }),
    })),
  );

/** The rows from one up to another. */
const part = (judged: Judged, first: number, end: number): Judged => ({ ...judged, batch: judged.batch.part(first, end) });

describe('RowFormat', () => {
  it('should write of any fixes what `formatRow` and `formatInstant` write text by text, and say where each row ends and whose it is', () => {
    const [usedFormat, usedChanges, usedOthers] = [new RowFormat(), new RowBuffer(), new RowBuffer()];
    fc.assert(
      fc.property(updates, (updates) => {
        const judged = judgedOf(updates);
        const ofNew = [new RowFormat(), new RowBuffer(1, 1), new RowBuffer(1, 1)] as const;
        for (const [format, changes, others] of [[usedFormat, usedChanges, usedOthers] as const, ofNew]) {
          format.changes(judged, changes.clear());
          format.others(judged, others.clear());
          expectRows(changes, updates.filter(isChange), changeRow);
          expectRows(others, updates.filter(isOther), otherRow);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('should write the same however the stream is cut into batches and parts of them, behind what is there', () => {
    const sizes = fc.array(fc.constantFrom(1, 2, 7, 8192), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(updates, sizes, fc.nat({ max: 40 }), (updates, sizes, cut) => {
        const [format, devices, changes, others] = [new RowFormat(), new DeviceIds(), new RowBuffer(), new RowBuffer()];
        for (const piece of cutInto(updates, sizes)) {
          const judged = judgedOf(piece, devices);
          const at = cut % (piece.length + 1);
          for (const each of [part(judged, 0, at), part(judged, at, piece.length)]) {
            format.others(each, others);
            format.changes(each, changes);
          }
        }
        if (updates.length === 0) return;
        expectRows(changes, updates.filter(isChange), changeRow);
        expectRows(others, updates.filter(isOther), otherRow);
      }),
      { numRuns: 100 },
    );
  });

  it('should write every minute of a day and of a leap year, the first and the last instant, and those before 1970', () => {
    const minute = 60_000_000;
    const starts = [
      Date.UTC(2021, 9, 23),
      Date.UTC(1969, 11, 31),
      Date.UTC(2024, 1, 28, 12),
      Date.UTC(1999, 11, 31, 12),
      Date.UTC(1900, 1, 28),
    ].map((millis) => millis * 1000);
    const all = [
      ...starts.flatMap((start) =>
        Array.from({ length: 1440 }, (_, i) => start + i * minute + ((i * 7919) % 60) * 1_000_000 + ((i * 104_729) % 1_000_000)),
      ),
      -Number.MAX_SAFE_INTEGER,
      Number.MAX_SAFE_INTEGER,
      0,
      -1,
    ];
    const updates = all.map((event, i) => update(fix('a', { event, arrival: all[(i * 31) % all.length]! })));
    const rows = new RowBuffer();
    new RowFormat().changes(judgedOf(updates), rows);
    expectRows(rows, updates, changeRow);
  });

  it('should write every microsecond of the last digits, and every second', () => {
    const all = [
      ...Array.from({ length: 100 }, (_, micros) => micros),
      ...Array.from({ length: 10_000 }, (_, hundreds) => 100 * hundreds + (hundreds % 100)),
      ...Array.from({ length: 60 }, (_, second) => 1_000_000 * second),
    ];
    const updates = all.map((event) => update(fix('a', { event, arrival: -event })));
    const rows = new RowBuffer();
    new RowFormat().changes(judgedOf(updates), rows);
    expectRows(rows, updates, changeRow);
  });

  it('should write ids of any length, in quotes where they need them', () => {
    const ids = [
      '7',
      'a,b',
      '"',
      'two\nlines',
      'नाम',
      '\r',
      ...[58, 61, 62, 63, 64, 65, 100_000].flatMap((length) => ['x'.repeat(length), `${'x'.repeat(length - 1)}"`, 'é'.repeat(length)]),
    ];
    const updates = [...ids, ...ids.toReversed()].flatMap((id, i) => [
      update(fix(id, { event: i })),
      update(fix(id, { event: i }), 'late'),
    ]);
    const [format, changes, others] = [new RowFormat(), new RowBuffer(), new RowBuffer()];
    format.changes(judgedOf(updates), changes);
    format.others(judgedOf(updates), others);
    expectRows(changes, updates.filter(isChange), changeRow);
    expectRows(others, updates.filter(isOther), otherRow);
  });

  it('should know the ids anew when the devices are those of another stream', () => {
    const format = new RowFormat();
    for (const ids of [['a', 'b'], ['b', 'c', 'a'], ['q"q']]) {
      const updates = ids.map((id, event) => update(fix(id, { event })));
      const rows = new RowBuffer();
      format.changes(judgedOf(updates), rows);
      expectRows(rows, updates, changeRow);
    }
  });

  it('should say of the rows when those were due that were due at a time', () => {
    const judged = judgedOf([
      update(fix('a', { event: 1 })),
      update(fix('a', { event: 2 })),
      update(fix('a', { event: 3 })),
      update(fix('a', { event: 0 }), 'late'),
      update(fix('a', { event: 4 })),
    ]);
    judged.batch.columns.due.set([-Infinity, 7.5, NaN, 8, 9]);
    const [format, changes, others] = [new RowFormat(), new RowBuffer(), new RowBuffer()];
    format.changes(judged, changes);
    format.others(judged, others);
    expect([[...changes.due], [...others.due]]).to.deep.equal([[7.5, 9], [8]]);
  });

  it('should write nothing of nothing', () => {
    const [format, rows] = [new RowFormat(), new RowBuffer()];
    format.changes(judgedOf([]), rows);
    format.changes(judgedOf([update(fix('a', { event: 1 }), 'late')]), rows);
    format.others(judgedOf([update(fix('a', { event: 1 }))]), rows);
    expect([rows.count, rows.size, rows.bytes.length]).to.deep.equal([0, 0, 0]);
  });
});
