import { spawnSync } from 'node:child_process';
import { closeSync, linkSync, mkdirSync, openSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { checkStatsFile, type RunFiles } from '../../../src/cli/replay/checkStatsFile.js';
import { FileError } from '../../../src/csv/FileError.js';
import { failureOf } from '../../support/failureOf.js';
import { stranger } from '../../support/stranger.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const NOTHING: RunFiles = { inputs: [], outputs: [] };

describe('checkStatsFile', () => {
  const at = temporaryFolder();
  const giveAway = stranger();
  const refusal = async (path: string, files = NOTHING) => {
    const failure = await failureOf(checkStatsFile(path, files));
    expect(failure).to.be.instanceOf(FileError);
    return failure.message;
  };
  beforeEach(() => {
    rmSync(at(), { recursive: true });
    mkdirSync(at());
  });

  it('should allow a file that is new, empty or a report', async () => {
    expect(await checkStatsFile(at('new'), NOTHING)).to.equal(at('new'));
    for (const text of ['', '{\n  "lastfix": "1.0.0"\n}\n']) {
      writeFileSync(at('stats'), text);
      expect(await checkStatsFile(at('stats'), NOTHING)).to.equal(at('stats'));
    }
  });

  it('should refuse any other, of whatever size, and wait for nobody', async () => {
    for (const text of ['mine\n', '{\n', `mine\n{\n  "lastfix": 1}`]) {
      writeFileSync(at('mine'), text);
      expect(await refusal(at('mine'))).to.include('name another file with --stats');
    }
    truncateSync(at('mine'), 3 * 2 ** 30);
    expect(await refusal(at('mine'))).to.include('name another file with --stats');
    expect(spawnSync('mkfifo', [at('pipe')]).status).to.equal(0);
    expect(await refusal(at('pipe'))).to.equal(`${at('pipe')} is not a regular file: move it away, or choose another path`);
    expect(await refusal(at())).to.equal(`${at()} is a folder, not a file: move it away, or choose another path`);
  });

  it('should write where a link leads, if that is not of another user', async () => {
    mkdirSync(at('reports'));
    symlinkSync('reports/today', at('stats'));
    expect(await checkStatsFile(at('stats'), NOTHING)).to.equal(at('reports', 'today'));
    giveAway(at('stats'));
    expect(await refusal(at('stats'))).to.equal(
      `${at('stats')} is a link that belongs to another user: name the file itself`,
    );
  });

  it('should follow no links for ever', async () => {
    symlinkSync('round', at('round'));
    expect(await refusal(at('round'))).to.equal(`${at('round')} is a broken link: remove it, or name another file`);
  });

  it('should refuse what the run reads or writes, by whatever name', async () => {
    writeFileSync(at('in'), '');
    linkSync(at('in'), at('twin'));
    mkdirSync(at('real'));
    symlinkSync('real', at('alias'));
    symlinkSync('real/log', at('link'));
    const descriptor = openSync(at('in'), 'r');
    for (const input of [at('in'), descriptor]) {
      for (const name of ['in', 'twin'])
        expect(await refusal(at(name), { ...NOTHING, inputs: [input] })).to.equal(
          `${at(name)} is a file of the run itself: name another with --stats`,
        );
    }
    closeSync(descriptor);
    for (const name of ['real/log', 'alias/log', 'link'])
      expect(await refusal(at(name), { ...NOTHING, outputs: [at('alias', 'log')] })).to.equal(
        `${at(name)} is a file of the run itself: name another with --stats`,
      );
  });
});
