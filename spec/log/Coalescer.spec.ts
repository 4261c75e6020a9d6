import { expect } from 'chai';
import fc from 'fast-check';
import type { Update } from '../../src/domain/latest.js';
import { DeviceIds } from '../../src/domain/DeviceIds.js';
import { Coalescer } from '../../src/log/Coalescer.js';
import { RowBuffer } from '../../src/log/RowBuffer.js';
import { RowFormat } from '../../src/log/RowFormat.js';
import { fix } from '../support/fix.js';
import { judgedOf } from '../support/judgedOf.js';
import { rowsOf } from '../support/rowsOf.js';
import { update } from '../support/update.js';

/** A change of a device at so many seconds. */
const change = (device: string, seconds: number) => update(fix(device, { event: seconds * 1e6 }));
const late = (device: string, seconds: number) => update(fix(device, { event: 0, arrival: seconds * 1e6 }), 'late');

/** What comes through of updates in batches: the rows that each gave, then those of the end. */
function coalesce(batches: readonly (readonly Update[])[]): readonly string[] {
  const [coalescer, format, devices] = [new Coalescer(), new RowFormat(), new DeviceIds()];
  const rows = new RowBuffer();
  const given = batches.map((batch) => {
    const judged = judgedOf(batch, devices);
    const changes = new RowBuffer();
    format.changes(judged, changes);
    coalescer.take(judged, changes, rows.clear());
    return rows.bytes.toString();
  });
  coalescer.end(rows.clear());
  return [...given, rows.bytes.toString()];
}

const rows = (...updates: readonly Update[]) => rowsOf(...updates).changes;

const streams = fc
  .array(
    fc.record({
      device: fc.constantFrom('a', 'b', 'c'),
      arrival: fc.nat(6_000_000),
      verdict: fc.constantFrom('change' as const, 'change' as const, 'late' as const),
    }),
    { maxLength: 40 },
  )
  .map((given) =>
    given
      .sort((one, other) => one.arrival - other.arrival)
      .map(({ device, arrival, verdict }) => update(fix(device, { event: arrival, arrival }), verdict)),
  );

describe('Coalescer', () => {
  it('should let through the last change of a device within a second', () => {
    const updates = [change('a', 1.1), change('a', 1.2), change('a', 1.999999), change('a', 2)];
    expect(coalesce([updates])).to.deep.equal([rows(updates[2]!), rows(updates[3]!)]);
  });

  it('should keep devices apart', () => {
    const [a, b, c] = [change('7', 1.1), change('007', 1.2), change('7', 1.3)];
    expect(coalesce([[a, b, c]]).join('')).to.equal(rows(b, c));
  });

  it('should keep the order of the stream', () => {
    const [a1, b, c, a2] = [change('a', 1.1), change('b', 1.2), change('c', 1.3), change('a', 1.4)];
    expect(coalesce([[a1, b, c, a2]]).join('')).to.equal(rows(b, c, a2));
  });

  it('should count whole seconds of arrival time, not a second from the first', () => {
    const [a, b] = [change('a', 1.9), change('a', 2.1)];
    expect(coalesce([[a, b]]).join('')).to.equal(rows(a, b));
  });

  it('should count to the open second what arrived before the one above it', () => {
    const [a, b, early, next] = [change('a', 5.5), change('b', 5.6), update(fix('a', { event: 9e6, arrival: 3e6 })), change('c', 6)];
    expect(coalesce([[a, b, early, next]]).join('')).to.equal(rows(b, early, next));
  });

  it('should hold a second back until a later one begins, with whichever fix', () => {
    const a = change('a', 1.1);
    expect(coalesce([[a], [late('b', 1.5)], [late('b', 2)]])).to.deep.equal(['', '', rows(a), '']);
  });

  it('should let nothing through but changes', () => {
    expect(coalesce([[late('a', 1), late('a', 5)]])).to.deep.equal(['', '']);
  });

  it('should give nothing for nothing', () => {
    expect(coalesce([])).to.deep.equal(['']);
    expect(coalesce([[]])).to.deep.equal(['', '']);
  });

  it('should tell times before 1970 apart by the second too', () => {
    const [a, b, c] = [change('a', -1.5), change('a', -0.5), change('a', 0.5)];
    expect(coalesce([[a, b, c]]).join('')).to.equal(rows(a, b, c));
  });

  it('should let through the same however the stream is cut into batches', () => {
    fc.assert(
      fc.property(streams, fc.integer({ min: 1, max: 10 }), (updates, size) => {
        const batches = Array.from({ length: Math.ceil(updates.length / size) }, (_, i) => updates.slice(size * i, size * (i + 1)));
        expect(coalesce(batches).join('')).to.equal(coalesce([updates]).join(''));
      }),
    );
  });

  it('should let through what no later change of its device and second stands for', () => {
    const second = ({ fix }: Update) => Math.floor(fix.arrival / 1e6);
    fc.assert(
      fc.property(streams, (updates) => {
        const changes = updates.filter(({ verdict }) => verdict === 'change');
        const isLast = (one: Update, i: number) =>
          !changes.slice(i + 1).some((other) => other.fix.device === one.fix.device && second(other) === second(one));
        expect(coalesce([updates]).join('')).to.equal(rows(...changes.filter(isLast)));
      }),
    );
  });

  it('should say of what comes through when it was due, and nothing of what does not', () => {
    const [coalescer, format] = [new Coalescer(), new RowFormat()];
    const judged = judgedOf([change('a', 1.1), change('a', 1.2), change('b', 2)]);
    judged.batch.columns.due.set([10, 20, 30]);
    const [changes, through] = [new RowBuffer(), new RowBuffer()];
    format.changes(judged, changes);
    coalescer.take(judged, changes, through);
    expect([...through.due]).to.deep.equal([20]);
    coalescer.end(through);
    expect([...through.due]).to.deep.equal([20, 30]);
  });

  it('should say to whose devices the rows of the end belong', () => {
    const [coalescer, judged, changes, last] = [new Coalescer(), judgedOf([change('a', 1)]), new RowBuffer(), new RowBuffer()];
    new RowFormat().changes(judged, changes);
    coalescer.take(judged, changes, new RowBuffer());
    coalescer.end(last);
    expect(last.devices).to.equal(judged.batch.devices);
  });
});
