import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { generateRecording } from '../../src/generate/generateRecording.js';
import { askAll } from '../../src/history/askAll.js';
import { arbitraryRecording } from '../support/arbitraryRecording.js';
import { momentOf, recorded, slowAnswers } from '../support/bruteForce.js';
import { eventually } from '../support/eventually.js';
import { failureOf } from '../support/failureOf.js';
import { isOpen } from '../support/isOpen.js';
import { playFile } from '../support/playFile.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { runs } from '../support/runs.js';

describe('askAll', () => {
  const at = temporaryFolder();
  const log = () => at('log.csv');
  const play = async (recording: string) => {
    writeFileSync(at('input.csv'), recording);
    await playFile(at('input.csv'), log());
    return recorded(recording);
  };
  const all = (moment: Parameters<typeof askAll>[1] = {}) => lastValueFrom(askAll(log(), moment).pipe(toArray()));

  it('should tell of each device what a search through the recording finds, by their ids, whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.gen(), async (recording, choose) => {
        const past = await play(recording);
        for (let i = 0; i < 5; i++) {
          const moment = choose(momentOf, past);
          expect(await all(moment)).to.deep.equal(slowAnswers(past, moment));
        }
      }),
      runs(16),
    );
  });

  it('should tell of some thousand devices', async () => {
    const past = await play([...generateRecording({ devices: 2500, duration: 10_000, seed: 5 })].join(''));
    const middle = past.fixes[Math.floor(past.fixes.length / 2)]!.arrival;
    for (const moment of [{}, { at: middle }, { at: middle, by: 'event' }, { by: 'event', knownAt: middle }] as const) {
      expect(await all(moment)).to.deep.equal(slowAnswers(past, moment));
    }
    expect(await all()).to.have.length.greaterThan(1024);
  });

  it('should complete with nothing if nothing was known then', async () => {
    await play([...generateRecording({ duration: 10_000 })].join(''));
    expect(await all({ at: 0 })).to.deep.equal([]);
    expect(await all({ at: 0, by: 'event' })).to.deep.equal([]);
  });

  it('should fail if there is no log', async () => {
    const failure = await failureOf(lastValueFrom(askAll(at('none.csv'))));
    expect(failure.message).to.match(/^cannot read .*none\.csv: no such file/);
  });

  it('should close its files, also when it is unsubscribed from after the first', async () => {
    await play([...generateRecording({ duration: 10_000 })].join(''));
    const files = ['log.csv', 'log.late.csv', 'log.csv.index', 'log.late.csv.index'].map((name) => at(name));
    await all({ by: 'event' });
    expect(files.filter(isOpen)).to.deep.equal([]);
    await firstValueFrom(askAll(log(), { by: 'event' }));
    await eventually(() => !files.some(isOpen));
  });
});
