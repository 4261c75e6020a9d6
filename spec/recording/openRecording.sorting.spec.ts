import { readdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Fix } from '../../src/domain/fix.js';
import { parseInstant } from '../../src/domain/instant.js';
import { fixesOf } from '../../src/recording/fixesOf.js';
import { openRecording } from '../../src/recording/openRecording.js';
import type { Input } from '../../src/recording/Input.js';
import type { OpenRecordingOptions } from '../../src/recording/Recording.js';
import { extremeRecording } from '../support/extremeRecording.js';
import { failureOf } from '../support/failureOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { runs } from '../support/runs.js';

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed,note\n';
/** A row that arrived in a second of a minute, with a note to know it by. */
const row = (arrival: number, note: string, device = 'a') =>
  `${device},1,2,2021-10-23T12:00:00Z,2021-10-23T12:00:${(arrival / 10).toFixed(1).padStart(4, '0')}Z,,${note}\n`;

describe('openRecording, by memory and order', () => {
  const at = temporaryFolder();

  /** Its fixes in order, and what it says of itself; nothing is left in the folder for temporary files. */
  async function all(input: string | readonly Input[], options: OpenRecordingOptions = {}) {
    const recording = await openRecording(input, { tmp: at('tmp'), ...options });
    try {
      const fixes: Fix[] = [];
      for await (const batch of recording.batches) fixes.push(...fixesOf(batch));
      const rejected = [];
      for await (const rows of recording.rejected.take()) rejected.push(...rows);
      return { notes: fixes.map(({ extra }) => extra[0]!), fixes, rejected, recording };
    } finally {
      await recording.close();
    }
  }
  const file = (name: string, ...rows: readonly string[]) => {
    writeFileSync(at(name), HEADER + rows.join(''));
    return at(name);
  };
  const arrivals = fc.array(fc.nat({ max: 599 }), { maxLength: 60 });

  it('should give the same order whether it is sorted in memory or on disk', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 300 }), async (times, memory, blockSize) => {
        const expected = times.map((time, i) => ({ time, i })).sort((a, b) => a.time - b.time || a.i - b.i).map(({ i }) => String(i));
        const path = file('any.csv', ...times.map((time, i) => row(time, String(i), i % 3 === 0 ? 'é' : 'b')));
        const chunks = async function* () {
          const text = Buffer.from(HEADER + times.map((time, i) => row(time, String(i), i % 3 === 0 ? 'é' : 'b')).join(''));
          for (let from = 0; from < text.length; from += blockSize) yield await Promise.resolve(text.subarray(from, from + blockSize));
        };
        expect((await all(path)).notes).to.deep.equal(expected);
        const { notes, recording, fixes } = await all([{ name: 'chunks', chunks: chunks() }], { memory });
        expect(notes).to.deep.equal(expected);
        expect(fixes.every(({ device }, i) => device === (Number(expected[i]) % 3 === 0 ? 'é' : 'b'))).to.equal(true);
        expect(recording.rows).to.equal(times.length);
      }),
      runs(66),
    );
  });

  it('should sort with no memory at all, also a block that has no fix', async () => {
    for (const bytes of [[HEADER, 'nothing\n', row(2, 'a') + row(1, 'b'), 'none\n', row(0, 'c')], [HEADER]]) {
      const chunks = async function* () {
        for (const text of bytes) yield await Promise.resolve(Buffer.from(text));
      };
      expect((await all([{ name: 'chunks', chunks: chunks() }], { memory: 0 })).notes).to.deep.equal(
        bytes.length > 1 ? ['c', 'b', 'a'] : [],
      );
    }
  });

  it('should give the fixes of the file, in order, whatever values they have, sorted in memory, on disk or not at all', async () => {
    const plain = ({ device, arrival, event, latitude, longitude, speed, extra }: Fix) => ({
      device,
      arrival,
      event,
      latitude,
      longitude,
      speed,
      extra: [...extra],
    });
    await fc.assert(
      fc.asyncProperty(
        extremeRecording({ quotes: 'closed' }).filter(({ hasSpeed }) => hasSpeed),
        fc.integer({ min: 1, max: 1000 }),
        async ({ text }, memory) => {
          writeFileSync(at('extreme.csv'), text);
          const inFile = await all(at('extreme.csv'), { inOrder: true });
          const expected = inFile.fixes.map(plain).sort((a, b) => a.arrival - b.arrival);
          for (const options of [{}, { memory }]) {
            const sorted = await all(at('extreme.csv'), options);
            expect(sorted.fixes.map(plain)).to.deep.equal(expected);
            expect(sorted.rejected).to.deep.equal(inFile.rejected);
          }
        },
      ),
      runs(50),
    );
  });

  it('should sort more fixes than a page holds, in several runs', async () => {
    const times = Array.from({ length: 30_000 }, (_, i) => (i * 7919) % 600);
    const path = file('many.csv', ...times.map((time, i) => row(time, String(i))));
    expect((await all(path, { memory: 400_000 })).notes).to.deep.equal((await all(path)).notes);
  });

  it('should keep nothing of a recording in arrival order, and read it once more', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => row(Math.floor(i / 40), String(i)));
    const path = file('ordered.csv', ...rows, 'no fix\n');
    const { notes, rejected } = await all(path, { memory: 100_000, tmp: at('unused') });
    expect(notes).to.deep.equal(rows.map((_, i) => String(i)));
    expect(rejected).to.deep.equal([{ line: 20_002, reason: '1 column instead of 7', record: 'no fix' }]);
    expect(readdirSync(at()).includes('unused')).to.equal(false);
  });

  it('should sort a recording whose last row alone is out of order', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => row(1 + Math.floor(i / 40), String(i)));
    expect((await all(file('last.csv', ...rows, row(0, 'last')), { memory: 100_000 })).notes).to.deep.equal([
      'last',
      ...rows.map((_, i) => String(i)),
    ]);
  });

  it('should say so when a recording in arrival order changes while it is played', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => row(Math.floor(i / 40), String(i)));
    const recording = await openRecording(file('changing.csv', ...rows), { memory: 100_000, tmp: at('tmp') });
    file('changing.csv', ...rows.with(-1, row(550, 'other')));
    const drained = (async () => { for await (const _ of recording.batches) expect(_).not.to.equal(undefined); })();
    expect((await failureOf(drained)).message).to.equal(
      `${at('changing.csv')} changed while it was played: play it again when nothing writes to it`,
    );
    await recording.close();
  });

  it('should say for which reason most rows are rejected, whatever their values, in one file or in several', async () => {
    const rows = (...latitudes: readonly string[]) =>
      latitudes.map((latitude) => `a,${latitude},1,2021-10-23T12:00:00Z,2021-10-23T12:00:00Z,\n`).join('');
    const header = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n';
    const one = at('north.csv');
    const two = at('south.csv');
    writeFileSync(one, `${header}short\n${rows('1', '91', 'a "b" c')}`);
    writeFileSync(two, `${header}short\n${rows('-91')}`);
    for (const inOrder of [false, true]) {
      const of = async (...inputs: readonly string[]) =>
        (
          await all(
            inputs.map((name) => ({ name })),
            { inOrder },
          )
        ).recording.rejected.commonest;
      expect(await of(one)).to.deep.equal({ count: 2, line: 4, reason: 'latitude "91" is not a number from -90 to 90' });
      expect(await of(two)).to.deep.equal({ count: 1, line: 2, reason: '1 column instead of 6' });
      expect(await of(two, one)).to.deep.equal({ count: 3, line: 3, reason: `${two}: latitude "-91" is not a number from -90 to 90` });
    }
  });

  it('should keep all rejected rows, however many, in their order', async () => {
    const path = file('rubbish.csv', ...Array.from({ length: 3000 }, (_, i) => `${String(i).padEnd(1000, 'x')}\n`));
    const { rejected, recording } = await all(path);
    expect(recording.rejected.count).to.equal(3000);
    expect(recording.rejected.first?.line).to.equal(2);
    expect(rejected.map(({ record }) => parseInt(record, 10))).to.deep.equal(Array.from({ length: 3000 }, (_, i) => i));
    expect(readdirSync(at('tmp'))).to.deep.equal([]);
  });

  it('should say how much room it needs on disk, if there is not enough', async () => {
    const path = file('large.csv', row(2, 'a'), row(1, 'b'));
    const chunks = async function* () { yield await Promise.resolve(Buffer.from(HEADER + row(2, 'a') + row(1, 'b'))); };
    expect((await all([{ name: 'chunks', chunks: chunks() }], { memory: 1 })).notes).to.deep.equal(['b', 'a']);
    expect((await failureOf(openRecording(path, { memory: 1, tmp: path }))).message).to.match(/^cannot make the folder .*large\.csv: /);
  });

  it('should play several inputs as one, by arrival, then in the order given, their extra columns by name', async () => {
    const one = file('one.csv', row(5, '1a'), row(3, '1b'));
    writeFileSync(
      at('two.csv'),
      `note,sts,speed,latitude,longitude,time_stamp,device_fk_id\n2a,2021-10-23T12:00:00.3Z,,1,2,2021-10-23T12:00:00Z,b\nshort\n`,
    );
    const { notes, rejected } = await all([{ name: one }, { name: at('two.csv') }]);
    expect(notes).to.deep.equal(['1b', '2a', '1a']);
    expect(rejected).to.deep.equal([{ line: 3, reason: `${at('two.csv')}: 1 column instead of 7`, record: 'short' }]);
  });

  it('should keep the extra columns of all inputs, by name, in the order in which they appear', async () => {
    const fix = '7,1,2,2021-10-23T12:00:00Z,2021-10-23T12:00:01Z,3';
    const named = 'device_fk_id,latitude,longitude,time_stamp,sts,speed';
    writeFileSync(at('bare.csv'), `${named}\n${fix}\n`);
    writeFileSync(at('one.csv'), `a,${named},b\nA,${fix},B\n`);
    writeFileSync(at('two.csv'), `${named},c,lat,a\n${fix},"C,","L",AA\n`);
    const names = ['bare.csv', 'one.csv', 'two.csv'].map((name) => ({ name: at(name) }));
    for (const options of [{}, { inOrder: true }]) {
      const recording = await openRecording(names, options);
      expect(recording.extra).to.deep.equal(['a', 'b', 'c', 'lat_2']);
      const rows: (readonly string[])[] = [];
      for await (const batch of recording.batches) rows.push(...fixesOf(batch).map(({ extra }) => extra));
      expect(rows).to.deep.equal([['', '', '', ''], ['A', 'B', '', ''], ['AA', '', 'C,', 'L']]);
      await recording.close();
    }
  });

  it('should stream as it comes what is said to be in order, and count what is not', async () => {
    const seen: string[] = [];
    const chunks = async function* () {
      yield Buffer.from(HEADER + row(1, 'a'));
      seen.push('more asked for');
      yield Buffer.from(`${row(3, 'b')}nothing\n${row(2, 'c')}`);
      await Promise.resolve();
    };
    const recording = await openRecording([{ name: 'pipe', chunks: chunks() }], { inOrder: true, tmp: at('tmp') });
    expect(seen).to.deep.equal([]);
    for await (const batch of recording.batches) seen.push(...fixesOf(batch).map(({ extra }) => extra[0]!));
    expect(seen).to.deep.equal(['a', 'more asked for', 'b', 'c']);
    expect(recording).to.include({ rows: 4, outOfOrder: 1, content: undefined, span: undefined });
    expect(recording.rejected.count).to.equal(1);
    await recording.close();
  });

  it('should tell when its first fix arrived, and read a streamed one no farther than to that', async () => {
    const seen: string[] = [];
    const chunks = async function* () {
      yield Buffer.from(`${HEADER}nothing\n`);
      yield Buffer.from(`none\n${row(3, 'a')}${row(1, 'b')}`);
      seen.push('more asked for');
      yield Buffer.from(row(4, 'c'));
      await Promise.resolve();
    };
    const expected = parseInstant('2021-10-23T12:00:00.3Z');
    const recording = await openRecording([{ name: 'pipe', chunks: chunks() }], { inOrder: true, tmp: at('tmp') });
    expect([await recording.first(), await recording.first()]).to.deep.equal([expected, expected]);
    expect(seen).to.deep.equal([]);
    for await (const batch of recording.batches) seen.push(...fixesOf(batch).map(({ extra }) => extra[0]!));
    expect(seen).to.deep.equal(['a', 'b', 'more asked for', 'c']);
    expect([recording.rows, recording.rejected.count]).to.deep.equal([5, 2]);
    await recording.close();
    const sorted = await openRecording(file('sorted.csv', row(3, 'a'), row(1, 'b')), { tmp: at('tmp') });
    expect(await sorted.first()).to.equal(parseInstant('2021-10-23T12:00:00.1Z'));
    await sorted.close();
  });

  it('should have no first fix if it has none', async () => {
    for (const inOrder of [true, false]) {
      const recording = await openRecording(file('none.csv', 'nothing\n'), { inOrder, tmp: at('tmp') });
      expect(await recording.first()).to.equal(undefined);
      for await (const batch of recording.batches) expect(fixesOf(batch)).to.deep.equal([]);
      expect(recording.rejected.count).to.equal(1);
      await recording.close();
    }
  });

  it('should count the fixes that stand below one that arrived later, sorted or not', async () => {
    for (const inOrder of [true, false]) {
      const recording = await openRecording(file('mixed.csv', row(3, 'a'), row(1, 'b'), row(2, 'c'), row(1, 'd')), {
        inOrder,
        tmp: at('tmp'),
      });
      for await (const batch of recording.batches) expect(fixesOf(batch)).to.have.length(4);
      expect([recording.misplaced, recording.outOfOrder]).to.deep.equal([2, inOrder ? 2 : 0]);
      await recording.close();
    }
  });
});
