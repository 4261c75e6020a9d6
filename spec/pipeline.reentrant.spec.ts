import { expect } from 'chai';
import fc from 'fast-check';
import { Subject } from 'rxjs';
import type { Commit } from '../src/domain/commit.js';
import type { Fix } from '../src/domain/fix.js';
import type { Command } from '../src/live/Pacing.js';
import { intoLog, type Taking } from '../src/log/intoLog.js';
import { play } from '../src/pipeline.js';
import { batchesOf } from './support/batchesOf.js';
import { fix } from './support/fix.js';
import { foundIn, type Found } from './support/Found.js';
import { settled } from './support/settled.js';
import { TickingClock } from './support/TickingClock.js';
import { arrivals, timings } from './support/timings.js';
import { unheard } from './support/unheard.js';

/** What is done within a commit or an emission. */
type Act = { readonly command: Command } | 'stop' | 'unsubscribe' | 'throw' | 'reject' | 'take long' | 'nothing';

const steering = fc.oneof(
  fc.constantFrom<Command>({ type: 'pause' }, { type: 'resume' }, { type: 'step' }),
  fc.constantFrom(1, 60, Infinity).map((rate): Command => ({ type: 'rate', rate })),
);
const act = fc.oneof(
  { weight: 5, arbitrary: steering.map((command): Act => ({ command })) },
  { weight: 3, arbitrary: fc.constant<Act>('nothing') },
  { weight: 2, arbitrary: fc.constant<Act>('take long') },
  { weight: 1, arbitrary: fc.constantFrom<Act>('stop', 'unsubscribe', 'throw', 'reject') },
);
const acts = fc.array(fc.array(act, { maxLength: 3 }), { maxLength: 12 });
const given = fc.record({
  arrivals,
  timing: timings,
  flushEvery: fc.constantFrom(1, 250, 1000),
  step: fc.constantFrom(0, 0.3, 2),
  batch: fc.integer({ min: 1, max: 8 }),
  commits: acts,
  emissions: acts,
});

const commitOf = (fixes: number): Commit => ({ settled: fixes, written: fixes, due: new Float64Array() });

describe('play, whatever is done within its own commits and emissions', () => {
  it('should commit a beginning of the fixes, each once and in order, all of them if it is let, and leave nothing behind', async () => {
    const errors = unheard();
    await fc.assert(fc.asyncProperty(given, async ({ arrivals, timing, flushEvery, step, batch, commits, emissions }) => {
      const fixes = arrivals.map((arrival, event) => fix('a', { arrival, event }));
      const clock = new TickingClock(step);
      const [commands$, stop$] = [new Subject<Command>(), new Subject<void>()];
      const committed: Fix[] = [];
      const waiting: (() => void)[] = [];
      let [open, commitsMade, emissionsMade, ends] = [0, 0, 0, 0];
      let over: 'completed' | 'failed' | undefined;
      let [stopped, left] = [false, false];
      const perform = (all: readonly Act[] = [], within: 'commit' | 'emission'): Promise<void> => {
        let done = Promise.resolve();
        for (const each of all) {
          if (typeof each === 'object') commands$.next(each.command);
          else if (each === 'stop') {
            stopped = true;
            stop$.next();
          } else if (each === 'unsubscribe') {
            left = true;
            subscription.unsubscribe();
          } else if (within === 'emission') continue; // the rest is for sinks
          else if (each === 'throw') throw new Error('a bug');
          else if (each === 'reject') done = Promise.reject(new Error('disk on fire'));
          else if (each === 'take long') done = done.then(() => new Promise((resolve) => waiting.push(resolve)));
        }
        return done;
      };
      const source = async function* () {
        open++;
        try {
          for (let from = 0; from < fixes.length; from += batch) yield await Promise.resolve(fixes.slice(from, from + batch));
        } finally {
          open--;
        }
      };
      const log: Taking<readonly Found[]> = {
        take: foundIn,
        sizeOf: ({ length }) => length,
        commit: (batch) => {
          const found = batch.flat();
          committed.push(...found.map(({ fix }) => fix));
          return perform(commits[commitsMade++], 'commit').then(() => commitOf(found.length));
        },
        end: () => {
          ends++;
          return Promise.resolve(commitOf(0));
        },
      };
      const subscription = play(batchesOf({ [Symbol.asyncIterator]: source }), intoLog(log, { flushEvery }), {
        ...timing,
        commands$,
        stop$,
        scheduler: clock,
      }).subscribe({
        next: () => void perform(emissions[emissionsMade++], 'emission'),
        error: () => (over = 'failed'),
        complete: () => (over = 'completed'),
      });
      for (let turn = 0; turn < 200 && !subscription.closed; turn++) {
        await settled();
        waiting.shift()?.();
        if (turn > 20) for (const command of [{ type: 'resume' }, { type: 'rate', rate: Infinity }] as const) commands$.next(command);
        await settled();
        clock.advance(250);
      }
      await settled();

      expect(committed, 'a beginning').to.deep.equal(fixes.slice(0, committed.length));
      expect(subscription.closed && (over !== undefined || left), 'an end').to.equal(true);
      if (over === 'completed' && !stopped) expect(ends).to.equal(1);
      if (ends > 0) expect([ends, committed.length], 'ended once, with all of them').to.deep.equal([1, fixes.length]);
      expect([clock.actions.length, open, commands$.observed, stop$.observed], 'left behind').to.deep.equal([0, 0, false, false]);
    }), { numRuns: 300 });
    expect(await errors()).to.deep.equal([]);
  });
});
