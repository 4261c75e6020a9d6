import { expect } from 'chai';
import fc from 'fast-check';
import { Subject } from 'rxjs';
import type { Fix } from '../../src/domain/fix.js';
import { play, type PlayOptions } from '../../src/pipeline.js';
import { Sent } from '../../src/send/Sent.js';
import type { Line } from '../../src/stream/Line.js';
import { intoStream, type IntoStreamOptions } from '../../src/stream/intoStream.js';
import { partitionOf } from '../../src/stream/partitionOf.js';
import { Publisher } from '../../src/stream/Publisher.js';
import { batchesOf } from '../support/batchesOf.js';
import { CountedSource } from '../support/CountedSource.js';
import { cutInto } from '../support/cutInto.js';
import { fix } from '../support/fix.js';
import { HandClock } from '../support/HandClock.js';
import { MemoryStream, type Fate } from '../support/MemoryStream.js';
import { runs } from '../support/runs.js';
import { Seen } from '../support/Seen.js';
import { settled } from '../support/settled.js';

const at = (micros: number, device = 'a'): Fix => fix(device, { event: micros });

describe('intoStream', () => {
  let clock: HandClock;
  let sent: Sent;
  beforeEach(() => { [clock, sent] = [new HandClock(), new Sent()]; });
  const playing = (fixes: CountedSource<Fix>, { stream }: MemoryStream, options: PlayOptions & Partial<IntoStreamOptions> = {}) => {
    const publisher = new Publisher(stream, { source: 'made', isPlaced: true, sent, scheduler: clock });
    const end = intoStream(publisher, { partitions: stream.partitions, extra: [], ...options });
    return { publisher, seen: new Seen(play(batchesOf(fixes), end, { rate: Infinity, scheduler: clock, ...options })) };
  };
  /** Lets all be answered until the run has ended. */
  const through = async (seen: Seen<unknown>, memory: MemoryStream, step = 100) => {
    while (!seen.completed && seen.error === undefined) {
      await settled();
      memory.answer();
      await settled();
      clock.advance(step);
    }
  };
  const placesOf = (memory: MemoryStream, partition: number) =>
    memory.linesOf(partition).flatMap((line) => (line.kind === 'fix' ? [line.fix.seq!] : []));

  it('should have every fix once in its partition, in order, whatever becomes of the messages', async () => {
    const streams = fc.record({
      devices: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'Köln 7.1'), { minLength: 1, maxLength: 60 }),
      sizes: fc.array(fc.constantFrom(1, 3, 20), { minLength: 1, maxLength: 3 }),
      partitions: fc.constantFrom(1, 2, 5),
      fates: fc.array(fc.constantFrom<Fate>('taken', 'taken', 'lost', 'unheard'), { minLength: 1, maxLength: 40 }),
      most: fc.constantFrom(1, 3, Infinity),
    });
    await fc.assert(
      fc.asyncProperty(streams, async ({ devices, sizes, partitions, fates, most }) => {
        [clock, sent] = [new HandClock(), new Sent()];
        const memory = new MemoryStream(partitions, () => clock.now(), (i) => (i < 100 ? fates[i % fates.length]! : 'taken'), most);
        const { seen } = playing(new CountedSource(cutInto(devices.map((device, i) => at(i, device)), sizes)), memory);
        await through(seen, memory, 20_000);
        expect(seen.error).to.equal(undefined);
        for (let partition = 0; partition < partitions; partition++) {
          const own = devices.flatMap((device, place) => (partitionOf(device, partitions) === partition ? [place] : []));
          expect(placesOf(memory, partition)).to.deep.equal(own);
        }
        expect(memory.mostUnderWay).to.equal(1);
        expect([sent.wanted, sent.acknowledged, sent.unacknowledged]).to.deep.equal([devices.length, devices.length, 0]);
      }),
      runs(60),
    );
  });

  it('should leave out what each partition has already, and go on with the places', async () => {
    const devices = Array.from({ length: 40 }, (_, i) => `d${i % 7}`);
    const memory = new MemoryStream(3, () => clock.now());
    const rest = new CountedSource([devices.slice(10).map((device, i) => at(10 + i, device))]);
    const { publisher, seen } = playing(rest, memory, { next: [10, 20, 30] });
    publisher.given = 10;
    await through(seen, memory);
    for (const [partition, next] of [10, 20, 30].entries()) {
      const missing = devices.flatMap((device, place) => (place >= next && partitionOf(device, 3) === partition ? [place] : []));
      expect(placesOf(memory, partition)).to.deep.equal(missing);
    }
    const last = memory.messages.findLast(({ partition }) => partition === 0)!;
    expect([last.header('Lastfix-Next'), last.header('Lastfix-Source')]).to.deep.equal(['40', 'made']);
  });

  it('should tick each second behind what it has sent, and at the end', async () => {
    const memory = new MemoryStream(2, () => clock.now());
    const fixes = [0, 0.5, 1.2, 1.4, 2.6].map((seconds) => at(seconds * 1e6));
    const { seen } = playing(new CountedSource([fixes]), memory, { rate: 1 });
    await through(seen, memory);
    const told = (line: Line) => (line.kind === 'fix' ? line.fix.seq! : line.kind === 'tick' ? [line.arrival / 1e6, line.ends] : 'rejected');
    const lines = (partition: number) => memory.linesOf(partition).map(told);
    const own = partitionOf('a', 2);
    expect(lines(own)).to.deep.equal([0, 1, [0.5, false], 2, 3, [1.4, false], 4, [2.600001, true]]);
    expect(lines(1 - own)).to.deep.equal([[0.5, false], [1.4, false], [2.600001, true]]);
  });

  it('should not say that it ends, if it was stopped or played a part', async () => {
    for (const how of ['stopped', 'a part']) {
      [clock, sent] = [new HandClock(), new Sent()];
      const memory = new MemoryStream(1, () => clock.now());
      const stop$ = new Subject<void>();
      const until = how === 'a part' ? 2e6 : undefined;
      const { seen } = playing(new CountedSource([[at(0), at(1e6), at(9e6)]]), memory, { rate: 1, stop$, until });
      for (let i = 0; i < 15; i++) {
        await settled();
        memory.answer();
        clock.advance(100);
      }
      if (how === 'stopped') stop$.next();
      await through(seen, memory);
      expect(memory.linesOf(0).at(-1), how).to.deep.include({ kind: 'tick', arrival: 1e6, ends: false });
    }
  });

  it('should give up what is not acknowledged some seconds after it was stopped', async () => {
    const memory = new MemoryStream(1, () => clock.now());
    const stop$ = new Subject<void>();
    const { seen } = playing(new CountedSource([[at(0), at(1)]]), memory, { stop$ });
    await settled();
    stop$.next();
    await settled();
    clock.advance(4999);
    expect(seen.completed).to.equal(false);
    clock.advance(1);
    expect([seen.completed, sent.unacknowledged]).to.deep.equal([true, 2]);
  });

  it('should end with an error that says what is missing, if there is no right to publish', async () => {
    const memory = new MemoryStream(2, () => clock.now(), () => 'forbidden');
    const { publisher, seen } = playing(new CountedSource([[at(0)]]), memory);
    await through(seen, memory);
    expect((seen.error as Error).message).to.equal('nats://memory/gps: Permissions Violation');
    expect(await publisher.publish([]).then(() => 'done', (error: unknown) => (error as Error).message)).to.include('Permissions Violation');
  });

  it('should say once that the stream takes nothing, and that it does again', async () => {
    const memory = new MemoryStream(1, () => clock.now(), (i) => (i < 5 ? 'lost' : 'taken'));
    const { seen } = playing(new CountedSource([[at(0)]]), memory);
    await through(seen, memory);
    expect(memory.said).to.have.length(2);
    expect(memory.said[0]).to.equal('nats://memory/gps takes nothing: timeout; trying again until it does');
    expect(memory.said[1]).to.match(/^nats:\/\/memory\/gps answers again, after/);
    expect(sent.retried).to.equal(5);
  });
});
