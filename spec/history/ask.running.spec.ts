import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { from, lastValueFrom, toArray } from 'rxjs';
import { generateRecording } from '../../src/generate/generateRecording.js';
import { ask, askAll, latest, logPaths, openLog, track, type Fix, type Moment, type Answer } from '../../src/index.js';
import { commitTo } from '../support/commitTo.js';
import {
  deviceOf,
  momentOf,
  recorded,
  slowAnswer,
  slowAnswers,
  slowTrack,
  stretchOf,
  written,
  type Recorded,
} from '../support/bruteForce.js';
import { failureOf } from '../support/failureOf.js';
import { fix } from '../support/fix.js';
import { lastfix, says } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

/** What a run has done when it has come to a fix. */
function until({ fixes, extra }: Recorded, count: number): Recorded {
  return { fixes: fixes.slice(0, count), end: fixes[count - 1]?.arrival, extra };
}

/** Makes sure that what was told is right by what could be read before, and perhaps some of what could be after. */
function expectBetween(before: Recorded, after: Recorded, device: string, moment: Moment, told: Answer): void {
  const [least, most] = [slowAnswer(before, device, moment), slowAnswer(after, device, moment)];
  if (told.known === 'nothing') {
    expect(least.known).to.equal('nothing');
  } else if (told.known === 'only later') {
    expect(least.known).to.be.oneOf(['nothing', 'only later']);
    if (least.known === 'only later') expect(told.first).to.be.at.most(least.first);
    if (most.known === 'only later' && told.by === most.by) expect(told.first).to.be.at.least(most.first);
  } else {
    expect(after.fixes).to.deep.include(told.fix);
    const fixes = [...before.fixes, told.fix].sort((a, b) => a.arrival - b.arrival);
    const { asked, age, known } = told;
    expect(slowAnswer({ ...before, fixes }, device, { ...moment, at: moment.at ?? asked })).to.deep.equal({ ...told, known, asked, age });
    if (moment.at === undefined) expect(asked).to.be.within(Math.min(before.end ?? asked, moment.knownAt ?? asked), after.end!);
  }
}

/** What can be asked of a past, to be chosen from without arguments: `fc.gen` compares those of each choice with all before. */
const asked = (past: Recorded) => ({ device: () => deviceOf(past), moment: () => momentOf(past), stretch: () => stretchOf(past) });

describe('ask, askAll and track, while a run writes', () => {
  const at = temporaryFolder();
  const log = () => at('log.csv');

  /** Commits a past batch by batch, and asks after each, and while the next is written. */
  const askThroughout = async (past: Recorded, sizes: readonly number[], ask: (now: Recorded, next: Recorded) => Promise<void>) => {
    const updates = await lastValueFrom(from(past.fixes).pipe(latest(), toArray()));
    const writing = await openLog(log(), { extra: past.extra, durable: false });
    try {
      for (let [count, i] = [0, 0]; count < updates.length; i++) {
        const next = Math.min(updates.length, count + sizes[i % sizes.length]!);
        const commit = commitTo(writing, updates.slice(count, next));
        if (i % 2 === 0) await ask(until(past, count), until(past, next));
        await commit;
        if (i % 3 === 0) await writing.sync(); // with which goes a part of the index
        await ask(until(past, next), until(past, next));
        count = next;
      }
    } finally {
      await writing.close();
    }
    await ask(past, past);
  };

  it('should answer by all that was committed, after each commit, and by that or more while the next is written', async () => {
    const past = recorded([...generateRecording({ devices: 40, duration: 650_000, seed: 8 })].join(''));
    expect(past.fixes.length).to.be.greaterThan(3 * 4096);
    const any = asked(past);
    const commits = fc
      .array(fc.integer({ min: 1, max: 3000 }), { minLength: 5, maxLength: 5 })
      .filter((sizes) => sizes.reduce((a, b) => a + b) >= 3000); // or else there are thousands of them
    await fc.assert(
      fc.asyncProperty(commits, fc.gen(), (sizes, choose) =>
        askThroughout(past, sizes, async (now, next) => {
          const questions = Array.from({ length: 3 }, () => [choose(any.device), choose(any.moment)] as const);
          await Promise.all(
            questions.map(async ([device, moment]) => {
              const told = await lastValueFrom(ask(log(), device, moment));
              if (now === next) expect(told).to.deep.equal(slowAnswer(now, device, moment));
              else expectBetween(now, next, device, moment, told);
            }),
          );
          if (now !== next) return;
          const [device, moment, stretch] = [choose(any.device), choose(any.moment), choose(any.stretch)];
          expect(await lastValueFrom(askAll(log(), moment).pipe(toArray()))).to.deep.equal(slowAnswers(now, moment));
          const fixes = (await lastValueFrom(track(log(), device, stretch).pipe(toArray()))).map(({ fix }) => fix);
          expect(clocks(fixes)).to.deep.equal(clocks(slowTrack(now, device, stretch)));
        }),
      ),
      { numRuns: 3 },
    );
  });

  it('should answer while the run makes a full segment of many small ones', async () => {
    const fixes = Array.from({ length: 150_000 }, (_, i) => fix(`${i % 7}`, { arrival: i * 1000, event: (i - (i % 11) ** 2) * 1000 }));
    await askThroughout({ fixes, end: undefined, extra: [] }, [9000], async (now, next) => {
      if (now !== next) return;
      for (const moment of [
        { at: now.fixes.length * 500 },
        { by: 'event', at: 12_345_000 },
        { by: 'event', at: now.fixes.length * 700, knownAt: now.fixes.length * 900 },
      ] as const) {
        expect(await lastValueFrom(ask(log(), '3', moment))).to.deep.equal(slowAnswer(now, '3', moment));
      }
    });
  });

  it('should answer right a process that asks again and again while another one plays, many questions at once', async () => {
    const recording = [...generateRecording({ devices: 20, duration: 600_000, seed: 9 })].join('');
    writeFileSync(at('input.csv'), recording);
    const past = recorded(recording);
    const choices = fc.sample(fc.tuple(deviceOf(past), momentOf(past)), { numRuns: 400, seed: 9 });
    const args = ['replay', 'input.csv', '--flush', '15ms', '--sync', 'always', '--output', 'played.csv'];
    const { status, stderr } = await lastfix([...args, '--rate', '20'], at(), async (child) => {
        await says(child, /playing/);
        for (let [asked, grown] = [0, 0]; asked < choices.length || grown < 10; ) {
          const before = written(at('played.csv'));
          const questions = choices.slice(asked % choices.length).slice(0, 8);
          asked += 8;
          const told = await Promise.all(questions.map(([device, moment]) => lastValueFrom(ask(at('played.csv'), device, moment))));
          const after = written(at('played.csv'));
          if (after.fixes.length > before.fixes.length) grown++;
          questions.forEach(([device, moment], i) => {
            expectBetween(before, after, device, moment, told[i]!);
          });
        }
        child.kill('SIGINT');
    });
    expect(status, stderr).to.equal(130);
    expect(await lastfix([...args, '--rate', 'max', '--resume'], at())).to.include({ status: 0 });
    expect(written(at('played.csv')).fixes).to.have.length(past.fixes.length);
    for (const [device, moment] of choices.slice(0, 50))
      expect(await lastValueFrom(ask(at('played.csv'), device, moment))).to.deep.equal(slowAnswer(past, device, moment));
  });

  it('should answer by the whole rows that a killed run left, whatever its indexes say', async () => {
    const recording = [...generateRecording({ devices: 60, duration: 300_000, seed: 10 })].join('');
    writeFileSync(at('input.csv'), recording);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('always', 'second', 'never'),
        fc.constantFrom('max', '300'),
        fc.nat({ max: 500 }),
        fc.gen(),
        async (sync, rate, life, choose) => {
          const { signal } = await lastfix(
            ['replay', 'input.csv', '--rate', rate, '--flush', '5ms', '--sync', sync, '--output', 'killed.csv'],
            at(),
            async (child) => {
              await Promise.race([says(child, /playing/), new Promise((resolve) => child.once('exit', resolve))]);
              await wait(life);
              child.kill('SIGKILL');
            },
          );
          if (signal === null) return; // it was faster
          const past = written(at('killed.csv'));
          const any = asked(past);
          for (let i = 0; i < 5; i++) {
            const [device, moment, stretch] = [choose(any.device), choose(any.moment), choose(any.stretch)];
            expect(await lastValueFrom(ask(at('killed.csv'), device, moment))).to.deep.equal(slowAnswer(past, device, moment));
            expect(await lastValueFrom(askAll(at('killed.csv'), moment).pipe(toArray()))).to.deep.equal(slowAnswers(past, moment));
            const fixes = (await lastValueFrom(track(at('killed.csv'), device, stretch).pipe(toArray()))).map(({ fix }) => fix);
            expect(clocks(fixes)).to.deep.equal(clocks(slowTrack(past, device, stretch)));
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  it('should not take the late fixes of one run for those of another that takes its place', async () => {
    const paths = logPaths(log());
    const header = 'time,device_id,lat,lon,speed,event_time\n';
    const row = (arrival: number, event: number) => `2021-10-23T12:00:${arrival}Z,a,1,2,,2021-10-23T12:00:${event}Z\n`;
    const lateHeader = header.replace('\n', ',reason,latest_event_time\n');
    for (const path of Object.values(paths)) rmSync(path, { force: true });
    writeFileSync(paths.changes, header + row(20, 20));
    writeFileSync(paths.late, lateHeader + row(30, 15).replace('\n', ',late,\n'));
    writeFileSync(at('next.csv'), header + row(10, 10));
    writeFileSync(at('next.late.csv'), lateHeader);
    let replaced = false;
    const progress = () => {
      if (replaced) return;
      replaced = true; // as a run does: the changes, then the late fixes
      renameSync(at('next.csv'), paths.changes);
      renameSync(at('next.late.csv'), paths.late);
    };
    const told = await lastValueFrom(ask(log(), 'a', { by: 'event', progress }));
    expect(told.known).to.equal('fix');
    if (told.known === 'fix') expect(told.fix.event % 60_000_000).to.be.oneOf([20_000_000, 10_000_000]);
  });

  it('should say that there is none before a run has begun', async () => {
    expect((await failureOf(lastValueFrom(ask(at('none.csv'), 'a')))).message).to.match(/^cannot read .*none\.csv: no such file/);
  });
});

const clocks = (fixes: readonly Fix[]) => fixes.map(({ event, arrival }) => [event, arrival]);
