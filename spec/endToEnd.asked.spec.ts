import { rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { lastValueFrom, map, toArray } from 'rxjs';
import { ask, askAll, track, type Clock } from '../src/index.js';
import { fleet, momentOf, recorded, slowAnswer, slowAnswers, slowTrack, stretchOf, type Recorded, written } from './support/bruteForce.js';
import { EXTREME_ROWS, extremeRecording, USUAL_ROW } from './support/extremeRecording.js';
import { oracle } from './support/oracle.js';
import { playFile } from './support/playFile.js';
import { temporaryFolder } from './support/temporaryFolder.js';
import { runs } from './support/runs.js';

describe('a log that lastfix wrote', () => {
  const at = temporaryFolder();
  const log = () => at('log.csv');
  const recording = extremeRecording({ quotes: 'closed' })
    .filter(({ hasSpeed }) => hasSpeed)
    .map(({ text }) => text);
  const play = (text: string, options?: Parameters<typeof playFile>[2]) => {
    writeFileSync(at('input.csv'), text);
    return playFile(at('input.csv'), log(), options);
  };

  /** Asks for all that there is, once by the index that the run made, and once by one that a question makes. */
  async function expectAnswers(past: Recorded, choose: fc.GeneratorValue): Promise<void> {
    for (const index of ['of the run', 'of a question']) {
      if (index === 'of a question') for (const name of ['log.csv.index', 'log.late.csv.index']) rmSync(at(name));
      const moment = choose(momentOf, past);
      expect(await lastValueFrom(askAll(log(), moment).pipe(toArray()))).to.deep.equal(slowAnswers(past, moment));
      for (const device of [...fleet(past), 'nobody']) {
        expect(await lastValueFrom(ask(log(), device))).to.deep.equal(slowAnswer(past, device, {}));
        const stretch = choose(stretchOf, past);
        const tracked = await lastValueFrom(track(log(), device, stretch).pipe(map(({ fix }) => fix), toArray()));
        expect(clocks(tracked)).to.deep.equal(clocks(slowTrack(past, device, stretch)));
        expect(tracked).to.have.deep.members(slowTrack(past, device, stretch));
      }
    }
  }
  const clocks = (fixes: readonly Readonly<Record<Clock, number>>[]) => fixes.map(({ event, arrival }) => [event, arrival]);

  it('should be what the oracle finds, and be one that can be asked, whatever values the recording has', async () => {
    await fc.assert(
      fc.asyncProperty(recording, fc.gen(), async (text, choose) => {
        const { changes, late } = await play(text);
        const expected = oracle(text);
        expect({ changes, late }).to.deep.equal({ changes: expected.changes, late: expected.late });
        await expectAnswers(recorded(text), choose);
      }),
      runs(20),
    );
  });

  it('should be what the oracle finds, and be one that can be asked, if one value is the least, the greatest or the longest', async () => {
    for (const rows of [EXTREME_ROWS, EXTREME_ROWS.toReversed(), ...EXTREME_ROWS.filter((_, i) => i % 10 === 0).map((row) => [row])]) {
      const text = `${[Object.keys(USUAL_ROW), ...rows.map((row) => Object.values(row)), Object.values(USUAL_ROW)].map((fields) => fields.join(',')).join('\n')}\n`;
      const { changes, late } = await play(text);
      const expected = oracle(text);
      expect({ changes, late }).to.deep.equal({ changes: expected.changes, late: expected.late });
      for (const by of ['arrival', 'event'] as const)
        expect(await lastValueFrom(askAll(log(), { by }).pipe(toArray()))).to.deep.equal(slowAnswers(recorded(text), { by }));
    }
  });

  it('should be one that can be asked when it is coalesced', async () => {
    await fc.assert(
      fc.asyncProperty(recording, fc.gen(), async (text, choose) => {
        await play(text, { coalesce: true });
        await expectAnswers(written(log()), choose);
      }),
      runs(10),
    );
  });
});
