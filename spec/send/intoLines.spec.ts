import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import fc from 'fast-check';
import { lastValueFrom, Subject } from 'rxjs';
import type { Fix } from '../../src/domain/fix.js';
import { play, type PlayOptions } from '../../src/pipeline.js';
import { openRecording } from '../../src/recording/openRecording.js';
import { Meter } from '../../src/report/Meter.js';
import { intoLines } from '../../src/send/intoLines.js';
import { Sent } from '../../src/send/Sent.js';
import { sentHeader, sentLines } from '../../src/send/sentLines.js';
import { arbitraryRecording } from '../support/arbitraryRecording.js';
import { batchesOf } from '../support/batchesOf.js';
import { CountedSource } from '../support/CountedSource.js';
import { cutInto } from '../support/cutInto.js';
import { fix } from '../support/fix.js';
import { HandClock } from '../support/HandClock.js';
import { oracle, type OracleFix } from '../support/oracle.js';
import { runs } from '../support/runs.js';
import { Seen } from '../support/Seen.js';
import { settled } from '../support/settled.js';

/** A fix whose device took it when it arrived, at so many µs. */
const at = (micros: number, device = 'a'): Fix => fix(device, { event: micros });
const placesIn = (text: string) => [...text.matchAll(/"seq":(\d+)}\n/g)].map(([, place]) => Number(place));

/** Something that lines are written to, each write until the test says so. */
class Reader {
  readonly writes: string[] = [];
  readonly #waiting: (() => void)[] = [];

  write(bytes: Buffer): Promise<void> {
    this.writes.push(bytes.toString());
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The oldest write under way is taken. */
  take(): void {
    this.#waiting.shift()!();
  }
}

describe('intoLines', () => {
  /** Plays to the end in as little time as it takes, and says at which ms which places were written. */
  async function written(fixes: readonly Fix[], sizes: readonly number[], options: PlayOptions) {
    const [clock, told, sent] = [new HandClock(), [] as { readonly place: number; readonly now: number }[], new Sent()];
    const write = (bytes: Buffer) => {
      told.push(...placesIn(bytes.toString()).map((place) => ({ place, now: clock.now() })));
      return Promise.resolve();
    };
    const end = intoLines(sentLines('json', []), write, { sent });
    const seen = new Seen(play(batchesOf(new CountedSource(cutInto(fixes, sizes))), end, { ...options, scheduler: clock }));
    while (!seen.completed && seen.error === undefined) {
      await settled();
      clock.advance(1);
    }
    return told;
  }

  it('should write each fix at its due time, never early, all in order, at any rate', async () => {
    const gaps = fc.array(fc.nat({ max: 20_000 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(gaps, fc.constantFrom(0.5, 1, 3), fc.constantFrom(1, 2, 40), async (gaps, rate, size) => {
        let micros = 0;
        const fixes = gaps.map((gap) => at((micros += gap)));
        const told = await written(fixes, [size], { rate });
        expect(told.map(({ place }) => place)).to.deep.equal(fixes.map((_, i) => i + 1));
        for (const { place, now } of told) {
          const due = (fixes[place - 1]!.arrival - fixes[0]!.arrival) / 1000 / rate;
          expect(now).to.be.at.least(due).and.below(due + 1.001); // the clock of the test goes by whole ms
        }
      }),
      runs(30),
    );
  });

  it('should write what is due together at once', async () => {
    const [reader, clock] = [new Reader(), new HandClock()];
    const end = intoLines(sentLines('json', []), (bytes) => reader.write(bytes), { sent: new Sent() });
    const seen = new Seen(play(batchesOf(new CountedSource([[at(0), at(0), at(0), at(5000)]])), end, { scheduler: clock }));
    await settled();
    expect(reader.writes.map(placesIn)).to.deep.equal([[1, 2, 3]]);
    seen.unsubscribe();
  });

  /** Plays a recording as fast as it goes, and gives all that is written. */
  async function textOf(recorded: string, format: 'json' | 'csv', onlyChanges: boolean): Promise<string> {
    const chunks = (async function* () {
      yield await Promise.resolve(Buffer.from(recorded));
    })();
    const recording = await openRecording([{ name: 'recording.csv', chunks }]);
    const texts = [sentHeader(format, recording.extra)];
    const write = (bytes: Buffer) => Promise.resolve(texts.push(bytes.toString()));
    try {
      const end = intoLines(sentLines(format, recording.extra), write, { sent: new Sent(), onlyChanges });
      await lastValueFrom(play(recording.batches, end, { rate: Infinity }), { defaultValue: undefined });
    } finally {
      await recording.close();
    }
    return texts.join('');
  }

  const objectOf = ({ row: [time, device_id, lat, lon, speed, event_time, note] }: OracleFix, i: number) => ({
    time,
    device_id,
    lat: Number(lat) + 0,
    lon: Number(lon) + 0,
    speed: speed === '' ? null : Number(speed) + 0,
    event_time,
    note,
    seq: i + 1,
  });

  it('should write what the oracle finds, whatever the recording: all fixes, or the changes alone', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, async (recorded) => {
        const { fixes, changes } = oracle(recorded);
        const objects = fixes.map(objectOf);
        const parsed = (text: string) => text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as (typeof objects)[number]);
        expect(await textOf(recorded, 'csv', true)).to.equal(changes);
        expect(parse(await textOf(recorded, 'csv', false)).slice(1)).to.deep.equal(fixes.map(({ row }) => row));
        expect(parsed(await textOf(recorded, 'json', false))).to.deep.equal(objects);
        const some = parsed(await textOf(recorded, 'json', true));
        expect(some).to.deep.equal(some.map(({ seq }) => objects[seq - 1]));
        expect(some.map(({ seq }) => fixes[seq - 1]!.row)).to.deep.equal(parse(changes).slice(1));
      }),
      runs(40),
    );
  });

  it('should slow down its source while its reader is slow, and lose nothing', async () => {
    const reader = new Reader();
    const source = new CountedSource(function* () {
      for (let i = 0; i < 100; i++) yield Array.from({ length: 1000 }, () => at(0));
    });
    const end = intoLines(sentLines('json', []), (bytes) => reader.write(bytes), { sent: new Sent() });
    const seen = new Seen(play(batchesOf(source), end, { rate: Infinity, scheduler: new HandClock() }));
    await settled();
    expect(reader.writes).to.have.length(1);
    expect(source.pulled).to.be.within(2, 34); // 32,768 fixes, and a batch
    while (!seen.completed) {
      reader.take();
      await settled();
    }
    expect(reader.writes.flatMap(placesIn)).to.deep.equal(Array.from({ length: 100_000 }, (_, i) => i + 1));
  });

  describe('given a reader that no longer reads', () => {
    it('should wait for it for 5 s when it is stopped, and then say what is left', async () => {
      const [reader, clock, stop$, sent] = [new Reader(), new HandClock(), new Subject<void>(), new Sent()];
      const end = intoLines(sentLines('json', []), (bytes) => reader.write(bytes), { sent, stop$ });
      const seen = new Seen(play(batchesOf(new CountedSource([[at(0), at(0)], [at(1)], [at(9e9)]])), end, { scheduler: clock, stop$ }));
      await settled();
      clock.advance(10);
      await settled();
      stop$.next();
      clock.advance(4999);
      await settled();
      expect([seen.completed, sent.unacknowledged]).to.deep.equal([false, 3]);
      clock.advance(1);
      expect([seen.completed, seen.error, sent.wanted, sent.unacknowledged]).to.deep.equal([true, undefined, 3, 3]);
    });

    it('should end as soon as it has read on', async () => {
      const [reader, clock, stop$, sent] = [new Reader(), new HandClock(), new Subject<void>(), new Sent()];
      const end = intoLines(sentLines('json', []), (bytes) => reader.write(bytes), { sent, stop$ });
      const seen = new Seen(play(batchesOf(new CountedSource([[at(0), at(0)], [at(9e9)]])), end, { scheduler: clock, stop$ }));
      await settled();
      stop$.next();
      reader.take();
      await settled();
      expect([seen.completed, sent.acknowledged, sent.unacknowledged]).to.deep.equal([true, 2, 0]);
    });
  });

  it('should measure the lateness of what it writes, and how long its reader took', async () => {
    const [reader, clock, sent] = [new Reader(), new HandClock(), new Sent()];
    const meter = new Meter(() => clock.now());
    const end = intoLines(sentLines('json', []), (bytes) => reader.write(bytes), { sent });
    const seen = new Seen(play(batchesOf(new CountedSource([[at(0), at(0, 'b')]])), end, { scheduler: clock, meter }));
    await settled();
    clock.advance(40);
    reader.take();
    await settled();
    expect(seen.completed).to.equal(true);
    expect([meter.lateness.figures()?.max, meter.latency.figures()?.max, sent.acknowledgement.figures()?.max]).to.deep.equal([0, 40, 40]);
    expect(meter).to.include({ written: 2, judged: 2 });
  });
});
