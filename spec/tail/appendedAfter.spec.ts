import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Appended, Cursor } from '../../src/domain/Appended.js';
import { formatInstant } from '../../src/domain/instant.js';
import { formatRunFile } from '../../src/log/runFile.js';
import { appendedAfter } from '../../src/tail/appendedAfter.js';
import { endOf } from '../../src/tail/LogCursor.js';
import { logPaths } from '../../src/log/paths.js';
import { placeOf } from '../../src/log/placeOf.js';
import { whichRun } from '../../src/log/whichRun.js';
import { failureOf } from '../support/failureOf.js';
import { isOpen } from '../support/isOpen.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time,note\n';
const row = (device: string, time: number, note = '') => `${formatInstant(time)},${device},1,2,,${formatInstant(time)},${note}\n`;

describe('appendedAfter', () => {
  const at = temporaryFolder();
  const log = () => at('log.csv');
  let replaced = 0;

  beforeEach(() => {
    replaced = 0;
    writeFileSync(log(), HEADER);
  });
  const runOf = async (path: string) => (await whichRun(logPaths(await placeOf(path)), false)).run;
  /** What is read of a log, on and on, from where it ends now. */
  const tailOf = async (path: string) => {
    const { size } = statSync(path);
    return tailFrom(path, endOf({ run: await runOf(path), places: [{ to: size, before: readFileSync(path).subarray(-256) }] }));
  };
  const tailFrom = (path: string, cursor: Cursor) => ({
    next: async () => {
      const appended = await appendedAfter(logPaths(await placeOf(path)), cursor, { withLate: false });
      cursor = appended?.to ?? cursor;
      if (appended?.type === 'reset') replaced++;
      return appended;
    },
  });
  /** All that there is to read, in words. */
  const appended = async (tail: ReturnType<typeof tailFrom>) => {
    const words: string[] = [];
    for (let part = await tail.next(); part; part = await tail.next())
      words.push(...part.changes.map(({ fix }) => `${fix.device}${fix.event}${fix.extra[0]!}`));
    return words;
  };

  it('should give what was appended since it was asked last, once', async () => {
    const tail = await tailOf(log());
    expect(await appended(tail)).to.deep.equal([]);
    appendFileSync(log(), row('a', 1) + row('b', 2));
    expect(await appended(tail)).to.deep.equal(['a1', 'b2']);
    expect(await appended(tail)).to.deep.equal([]);
    appendFileSync(log(), row('a', 3));
    expect(await appended(tail)).to.deep.equal(['a3']);
    expect(replaced).to.equal(0);
  });

  it('should follow a link at its path, wherever that leads by then', async () => {
    symlinkSync('log.csv', at('link.csv'));
    const tail = await tailOf(at('link.csv'));
    appendFileSync(log(), row('a', 1));
    expect(await appended(tail)).to.deep.equal(['a1']);
    writeFileSync(at('next.csv'), HEADER + row('b', 2));
    rmSync(at('link.csv'));
    symlinkSync('next.csv', at('link.csv'));
    expect(await appended(tail)).to.deep.equal(['b2']);
    expect(replaced).to.equal(1);
  });

  it('should wait for nobody at a FIFO in the place of the log', async () => {
    const tail = await tailOf(log());
    rmSync(log());
    expect(spawnSync('mkfifo', [log()]).status).to.equal(0);
    try {
      expect(await failureOf(appended(tail))).to.have.property('message').that.includes('log.csv is not a regular file');
    } finally {
      closeSync(openSync(log(), 'r+')); // lets go of who waits
      rmSync(log());
    }
  }).timeout(60_000);

  it('should give every row once, however the bytes come', async () => {
    const notes = fc.constantFrom('', 'plain', '"two\nlines"', '"a ""quote"""', 'é', '"\r\n"');
    await fc.assert(
      fc.asyncProperty(
        fc.array(notes, { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }),
        async (notes, pieces) => {
          const bytes = Buffer.from(notes.map((note, i) => row('a', i, note)).join(''));
          writeFileSync(log(), HEADER);
          const tail = await tailOf(log());
          const given: string[] = [];
          for (let [from, i] = [0, 0]; from < bytes.length; i++) {
            const to = from + pieces[i % pieces.length]!;
            appendFileSync(log(), bytes.subarray(from, to));
            given.push(...(await appended(tail)));
            from = to;
          }
          expect(given).to.deep.equal(notes.map((note, i) => `a${i}${note.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"')}`));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('should begin with the first row, after the header, where it has no place yet', async () => {
    const tail = tailFrom(log(), endOf({ run: await runOf(log()), places: [{ to: 0, before: Buffer.alloc(0) }] }));
    expect(await appended(tail)).to.deep.equal([]);
    appendFileSync(log(), row('a', 1));
    expect(await appended(tail)).to.deep.equal(['a1']);
    expect(await appended(tail)).to.deep.equal([]);
  });

  it('should give all of a log that takes its place, and tell so before', async () => {
    const tail = await tailOf(log());
    writeFileSync(at('new.csv'), HEADER + row('b', 1) + row('b', 2));
    renameSync(at('new.csv'), log());
    expect(await tail.next()).to.deep.include({ type: 'reset', changes: [], isFull: true });
    expect(await appended(tail)).to.deep.equal(['b1', 'b2']);
    expect(replaced).to.equal(1);
  });

  it('should give all of another run, though it has the same rows at the same place of the disk', async () => {
    appendFileSync(log(), row('a', 1));
    const runFile = (id: string) => {
      writeFileSync(at('log.csv.run.json'), formatRunFile({ id, input: null, made_from: {}, finished: false }));
    };
    runFile('0f8fad5b-d9cb-469f-a165-70867728950e');
    const tail = await tailOf(log());
    expect(await appended(tail)).to.deep.equal([]);
    runFile('7c9e6679-7425-40de-944b-e07fc1f90ae7');
    expect(await appended(tail)).to.deep.equal(['a1']);
    expect(replaced).to.equal(1);
    rmSync(at('log.csv.run.json'));
  });

  it('should give all of a log that was cut off', async () => {
    appendFileSync(log(), row('a', 1) + row('a', 2));
    const tail = await tailOf(log());
    truncateSync(log(), HEADER.length + row('a', 1).length);
    expect(await appended(tail)).to.deep.equal(['a1']);
    expect(await appended(tail)).to.deep.equal([]);
    truncateSync(log(), 0);
    expect(await appended(tail)).to.deep.equal([]);
    expect(replaced).to.equal(2);
  });

  it('should give 4,096 rows at most, say that there may be more, and leave nothing open', async () => {
    const tail = await tailOf(log());
    appendFileSync(log(), Array.from({ length: 5000 }, (_, i) => row('a', i)).join(''));
    const [first, second] = [await tail.next(), await tail.next()];
    expect([first, second].map((part) => [part?.changes.length, part?.isFull])).to.deep.equal([[4096, true], [904, false]]);
    expect(second!.from).to.equal(first!.to);
    expect(await tail.next()).to.equal(undefined);
    expect(isOpen(log())).to.equal(false);
  });

  it('should give the rows of both files, and go on after any of its cursors, up to any other', async () => {
    const late = (time: number) => row('b', time).replace('\n', ',late,1970-01-01T00:00:01.000000Z\n');
    writeFileSync(at('log.late.csv'), HEADER.replace('\n', ',reason,latest_event_time\n'));
    const run = (await whichRun(logPaths(log()), true)).run;
    const start = endOf({ run, places: [{ to: 0, before: Buffer.alloc(0) }, { to: 0, before: Buffer.alloc(0) }] });
    const read = (after: Cursor, upTo?: Cursor) => appendedAfter(logPaths(log()), after, { upTo });
    const wordsOf = (part: Appended | undefined) => part && [...part.changes, ...part.late].map(({ fix }) => `${fix.device}${fix.event}`);
    const cursors = [start];
    for (let i = 0; i < 4; i++) {
      if (i !== 1) appendFileSync(log(), row('a', i));
      if (i !== 2) appendFileSync(at('log.late.csv'), late(i));
      cursors.push((await read(cursors.at(-1)!))!.to);
    }
    const written = [['a0', 'b0'], ['b1'], ['a2'], ['a3', 'b3']];
    for (let from = 0; from < cursors.length; from++) {
      for (let to = from; to < cursors.length; to++) {
        const found = wordsOf(await read(cursors[from]!, cursors[to]));
        expect(found?.sort(), `${from} to ${to}`).to.deep.equal(from === to ? undefined : written.slice(from, to).flat().sort());
      }
    }
    const [first] = (await read(cursors[1]!, cursors[2]))!.late;
    expect(first).to.include({ reason: 'late', latestEventTime: '1970-01-01T00:00:01.000000Z' });
    rmSync(at('log.late.csv'));
  });

  it('should fail if the log is gone, or has a row that is not a fix, and close it', async () => {
    const tail = await tailOf(log());
    const { length } = readFileSync(log());
    appendFileSync(log(), 'x\n');
    expect((await failureOf(appended(tail))).message).to.include(`log.csv: after byte ${length}: 1 column instead of 7`);
    expect(isOpen(log())).to.equal(false);
    rmSync(log());
    expect((await failureOf(appended(tail))).message).to.match(/^cannot read .*log\.csv: no such file/);
  });

  it('should fail at what takes its place and is no log', async () => {
    const tail = await tailOf(log());
    writeFileSync(log(), 'a,b\n');
    expect((await failureOf(appended(tail))).message).to.match(/log\.csv: this is not a log that lastfix wrote: its header is "a,b"/);
  });
});
