import { expect } from 'chai';
import { bufferCount, concatAll, defer, map, NEVER, of, pipe, range, take, tap, type Observable } from 'rxjs';
import { survey } from '../src/check/survey.js';
import { DeviceIds } from '../src/domain/DeviceIds.js';
import type { Fix } from '../src/domain/fix.js';
import { flush } from '../src/rx/flush.js';
import { latest } from '../src/live/latest.js';
import { latestInBatches } from '../src/live/latestInBatches.js';
import type { Command } from '../src/live/Pacing.js';
import { intoLog } from '../src/log/intoLog.js';
import { replay } from '../src/live/replay.js';
import { replayBatches } from '../src/live/replayBatches.js';
import { append } from '../src/rx/append.js';
import { synced } from '../src/rx/synced.js';
import { play } from '../src/pipeline.js';
import { trip } from '../src/query/trip.js';
import { Meter } from '../src/report/Meter.js';
import { batchOf } from '../src/recording/batchOf.js';
import { fixesOf } from '../src/recording/fixesOf.js';
import { errorLast } from '../src/rx/errorLast.js';
import { fromAsync } from '../src/rx/fromAsync.js';
import { fromBatches } from '../src/rx/fromBatches.js';
import { onTime } from '../src/rx/onTime.js';
import { pull } from '../src/rx/pull.js';
import { batchesOf } from './support/batchesOf.js';
import { CountedSource } from './support/CountedSource.js';
import { itShouldEndWithin, type Operator } from './support/endings.js';
import { fix } from './support/fix.js';
import { foundIn } from './support/Found.js';
import { HandClock } from './support/HandClock.js';
import { MemorySink } from './support/MemorySink.js';
import { Seen } from './support/Seen.js';
import { Single } from './support/Single.js';

const steps$ = of<Command[]>({ type: 'step' }, { type: 'step' }, { type: 'resume' });
const sink = {
  commit: (batch: readonly unknown[]) => Promise.resolve({ settled: batch.length }),
  end: () => Promise.resolve({ settled: 0 }),
};
/** Batches of two. */
const batched = (source: Observable<Fix>) =>
  defer(() => {
    const devices = new DeviceIds();
    return source.pipe(bufferCount(2), map((fixes) => batchOf(fixes, devices)));
  });
const sync = () => Promise.resolve();
/** Of an update what stays as it is when later ones come. */
const verdict = map(({ fix, verdict }: { readonly fix: unknown; readonly verdict: string }) => ({ fix, verdict }));

/** Operators that may emit with each item, or with a few of them. */
const AT_ONCE: Record<string, Operator> = {
  onTime: ({ source, clock }) =>
    source.pipe(
      map((fix) => new Single(fix)),
      onTime({ dueOf: ({ item }) => item.arrival / 1000 }, NEVER, clock),
    ),
  replayBatches: ({ source, clock }) => batched(source).pipe(replayBatches({ scheduler: clock }), map(fixesOf)),
  latestInBatches: ({ source }) => batched(source).pipe(latestInBatches(), map(foundIn)),
  replay: ({ source, clock }) => source.pipe(replay({ scheduler: clock })),
  'replay, steered': ({ source, clock }) => source.pipe(replay({ scheduler: clock, commands$: steps$ })),
  'replay, at an infinite rate': ({ source, clock }) => source.pipe(replay({ scheduler: clock, rate: Infinity })),
  'replay, until a moment': ({ source, clock }) => source.pipe(replay({ scheduler: clock, until: 2_100_000 })),
  errorLast: ({ source }) => source.pipe(errorLast(bufferCount(3))),
  latest: ({ source }) => source.pipe(latest(), verdict),
  'flush of two at most': ({ source, clock }) => source.pipe(flush({ max: 2, scheduler: clock })),
  synced: ({ source, clock }) => source.pipe(replay({ scheduler: clock }), synced(sync, { every: 500, scheduler: clock })),
  trip: ({ source }) =>
    source.pipe(
      map((fix) => ({ fix })),
      trip(),
    ),
};

const OPERATORS: Record<string, Operator> = {
  ...AT_ONCE,
  fromAsync: ({ batches }) => fromAsync(batches),
  fromBatches: ({ batches }) => fromBatches(batches),
  'pull, which waits for room': ({ batches }) =>
    pull(batches, pipe(concatAll(), bufferCount(2)), { sizeOf: ({ length }) => length, settles: ({ length }) => length, ahead: 1 }),
  flush: ({ source, clock }) => source.pipe(replay({ scheduler: clock }), flush({ scheduler: clock })),
  append: ({ source }) =>
    source.pipe(
      latest(),
      bufferCount(2),
      append(sink),
      map(({ settled }) => settled),
    ),
  play: ({ batches, clock }) =>
    play(batchesOf(batches), intoLog(new MemorySink(), { flushEvery: 300 }), { scheduler: clock }).pipe(map(({ settled }) => settled)),
  'play, measured': ({ batches, clock }) =>
    play(batchesOf(batches), intoLog(new MemorySink()), { rate: Infinity, meter: new Meter(() => clock.now()), scheduler: clock }).pipe(
      map(({ settled }) => settled),
    ),
  survey: ({ source }) => batched(source).pipe(latestInBatches(), survey()),
};

describe('ended within an emission', () => {
  for (const [name, operator] of Object.entries(OPERATORS)) {
    describe(name, () => { itShouldEndWithin(operator); });
  }

  for (const [name, operator] of Object.entries(AT_ONCE)) {
    it(`should leave the rest of a source that would never end: ${name}`, () => {
      let taken = 0;
      const source = range(0, Infinity).pipe(
        tap(() => {
          if (++taken > 1000) throw new Error('it would have gone on for ever');
        }),
        map((i) => fix('a', { event: i, arrival: 0 })),
      );
      const seen = new Seen(operator({ source, batches: new CountedSource<Fix>([]), clock: new HandClock() }).pipe(take(2)));
      expect([seen.values.length, seen.completed, seen.error]).to.deep.equal([2, true, undefined]);
      expect(taken).to.be.at.most(6);
    });
  }
});
