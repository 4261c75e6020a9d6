import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { replaySettings } from '../../../src/cli/replay/replaySettings.js';
import { rebaseOf } from '../../../src/cli/replay/rebaseOf.js';
import { formatRunFile } from '../../../src/log/runFile.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

describe('rebaseOf', () => {
  const at = temporaryFolder();
  const first = () => Promise.resolve(Date.now() * 1000 - 500e6);
  const rebased = (was: unknown) => {
    writeFileSync(at('x.csv.run.json'), formatRunFile({ input: null, made_from: { rebased_by_seconds: was }, finished: false }));
    const settings = replaySettings(['--rebase', 'now', '--resume', '--output', at('x.csv')]);
    return rebaseOf({ first, content: undefined, readings: [] }, settings, new AbortController().signal);
  };

  it('should be what the run that is resumed was rebased by', async () => {
    for (const was of [-3, 0, 86_400]) expect(await rebased(was)).to.equal(was);
  });

  it('should take from a run file nothing that no run has written there', async () => {
    for (const was of [1e-7, 0.5, 1e300, 2 ** 53, '3', null, [], undefined])
      expect(await rebased(was), JSON.stringify(was)).to.be.within(499, 600);
  });
});
