import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { lastValueFrom, take } from 'rxjs';
import { intoLog, logPaths, monotonic, openLog, play } from '../../src/index.js';
import { Dice } from '../../src/generate/Dice.js';
import { readRunFile } from '../../src/log/runFile.js';
import { formatLine } from '../../src/stream/formatLine.js';
import { formatTick } from '../../src/stream/formatTick.js';
import { ArrivalMerge } from '../../src/worker/ArrivalMerge.js';
import { beginLog } from '../../src/worker/beginLog.js';
import { streamBatches } from '../../src/worker/streamBatches.js';
import { StreamPatience } from '../../src/worker/StreamPatience.js';
import { FakeStream } from '../support/FakeStream.js';
import { failureOf } from '../support/failureOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const NOON = Date.UTC(2021, 9, 23, 12) * 1000;
const SECOND = 1e6;

describe('a log of a stream', () => {
  const at = temporaryFolder();
  const line = (place: number, arrival: number, extra: Record<string, string> = {}) =>
    formatLine({ device: `d${place % 3}`, arrival: NOON + arrival * SECOND, event: NOON + arrival * SECOND, latitude: '1', longitude: '2', speed: '', extra, seq: place });
  const tick = (seconds: number, ends = false) => formatTick(NOON + seconds * SECOND, ends);
  const signal = new AbortController().signal;
  /** Writes a log of what is in a stream, as the command does; it can be stopped after some commits. */
  const write = async (stream: FakeStream, { resume = false, commits = Infinity, name = 'log.csv' } = {}) => {
    const patience = new StreamPatience(stream, () => undefined, monotonic);
    const path = at(name);
    const before = resume ? (await readRunFile(logPaths(path).run))?.made_from : undefined;
    const { origin, last, messages } = await beginLog(stream, { patience, path, before, drains: true, signal, scheduler: monotonic });
    const log = await openLog(path, { extra: origin.columns, origin: { ...origin }, resume, continues: true, durable: false });
    const merge = new ArrivalMerge(stream.partitions, origin.columns, origin.first === 1);
    const batches = streamBatches(messages(), {
      merge,
      shown: stream.shown,
      letOut: origin.let_out,
      last,
      reject: (rows) => log.reject(rows),
      noteLetOut: (seq) => log.noteOrigin({ ...origin, let_out: [...origin.let_out, seq] }),
      scheduler: monotonic,
    });
    try {
      const written$ = play(batches, intoLog(log, { flushEvery: 1 }), { rate: Infinity }).pipe(take(commits));
      await lastValueFrom(written$, { defaultValue: undefined });
    } finally {
      await log.close();
    }
    return merge;
  };
  const read = (name = 'log.csv') => (['changes', 'late', 'rejected'] as const).map((kind) => readFileSync(logPaths(at(name))[kind], 'utf8'));
  const arrivals = (name?: string) => read(name)[0]!.trim().split('\n').slice(1).map((row) => (Date.parse(row.split(',')[0]!) * 1000 - NOON) / SECOND);

  it('should be sorted by arrival, whichever partition is ahead', async () => {
    const stream = new FakeStream(2);
    stream.publish(0, [line(0, 1), line(2, 4), tick(6)], 'recording a');
    stream.publish(1, [line(1, 2), tick(5), line(3, 8)], 'recording a');
    stream.publish(0, [line(4, 9), tick(10)], 'recording a');
    await write(stream);
    expect(arrivals()).to.deep.equal([1, 2, 4, 8, 9]);
  });

  it('should reject with the reason what arrived before something that is written', async () => {
    const stream = new FakeStream(2);
    stream.publish(0, [line(0, 1), line(1, 5), tick(6)], 'x');
    stream.publish(1, [tick(6)], 'x');
    stream.publish(1, [line(2, 3), line(3, 7)], 'x');
    await write(stream);
    expect(arrivals()).to.deep.equal([1, 5, 7]);
    expect(read()[2]).to.match(/^3,"message 3, line 1: it arrived at 2021-10-23T12:00:03.000000Z, and what arrived until 2021-10-23T12:00:06.000000Z is written already",/m);
  });

  it('should have a recording once that is sent twice', async () => {
    const stream = new FakeStream(1);
    for (let time = 0; time < 2; time++) stream.publish(0, [line(0, 1), line(1, 2), tick(3)], 'recording a');
    expect((await write(stream)).repeated).to.equal(2);
    expect(arrivals()).to.deep.equal([1, 2]);
    expect(read()[2]!.split('\n')).to.have.length(2);
  });

  it('should have the columns of what was there when it was begun', async () => {
    const stream = new FakeStream(1);
    stream.publish(0, [line(0, 1, { a: 'x' }), line(1, 2, { b: 'y' }), tick(3)], 'recording a');
    await write(stream);
    stream.publish(0, [line(2, 4, { b: 'z', c: 'lost' }), tick(5)], 'recording a');
    const merge = await write(stream, { resume: true });
    expect(read()[0]!.split('\n')[0]).to.equal('time,device_id,lat,lon,speed,event_time,a,b');
    expect(read()[0]!.trim().split('\n').at(-1)).to.match(/,,z$/);
    expect([...merge.dropped]).to.deep.equal([['c', 1]]);
  });

  it('should become the same however often it is interrupted, and torn', async () => {
    const dice = new Dice(1);
    for (let round = 0; round < 10; round++) {
      const stream = new FakeStream(3);
      const name = `log-${round}.csv`;
      let place = 0;
      for (let part = 0; part < 4; part++) {
        for (let message = 0; message < 30; message++) {
          const lines = Array.from({ length: dice.whole(1, 5) }, () => line(place, place++ + dice.whole(-20, 20)));
          if (dice.happens(0.5)) lines.push(tick(place - 10));
          stream.publish(dice.whole(0, 2), lines, 'x');
        }
        await write(stream, { resume: true, commits: dice.whole(1, 3), name });
        for (const path of [logPaths(at(name)).changes, logPaths(at(name)).rejected]) {
          const bytes = readFileSync(path);
          const header = bytes.indexOf('\n') + 1;
          writeFileSync(path, bytes.subarray(0, dice.whole(header, bytes.length))); // as a process that was killed may leave it
        }
      }
      await write(stream, { resume: true, name });
      const is = read(name);
      const { made_from } = (await readRunFile(logPaths(at(name)).run))!;
      await write(stream, { resume: true, name });
      expect(read(name)).to.deep.equal(is);
      expect(arrivals(name)).to.deep.equal([...arrivals(name)].sort((a, b) => a - b));
      expect(is.map((text) => text.trim().split('\n').length - 1).reduce((sum, rows) => sum + rows)).to.equal(place);
      expect(made_from).to.include({ stream: 'gps', first: 1 });
    }
  });

  it('should go on after what came out early when it had caught up', async () => {
    const stream = new FakeStream(2);
    stream.publish(0, [line(0, 1), line(1, 10)], 'x');
    stream.publish(1, [line(2, 5)], 'x');
    await write(stream);
    expect(arrivals()).to.deep.equal([1, 5, 10]);
    stream.publish(1, [line(3, 7), line(4, 12)], 'x');
    await write(stream, { resume: true });
    expect(arrivals()).to.deep.equal([1, 5, 10, 12]);
    expect(read()[2]).to.match(/arrived at 2021-10-23T12:00:07.000000Z/);
    const is = read();
    await write(stream, { resume: true });
    expect(read()).to.deep.equal(is);
  });

  it('should say why it cannot be gone on with', async () => {
    const stream = new FakeStream(1);
    for (let i = 0; i < 5; i++) stream.publish(0, [line(i, i), tick(i)], 'x');
    await write(stream);
    stream.purge(2);
    expect((await failureOf(write(stream, { resume: true }))).message).to.match(/begun with message 1 of .*only those from 3 on/);
    stream.makeAnew();
    expect((await failureOf(write(stream, { resume: true }))).message).to.match(/it was made from the stream gps of 2026-11-25T12:00:00.000000Z, and this is gps of 2026-11-25T13/);
  });
});
