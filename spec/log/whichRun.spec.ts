import { copyFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync, appendFileSync, mkdirSync } from 'node:fs';
import { expect } from 'chai';
import { logPaths } from '../../src/log/paths.js';
import { formatRunFile } from '../../src/log/runFile.js';
import { whichRun } from '../../src/log/whichRun.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const [ONE, OTHER] = ['0f8fad5b-d9cb-469f-a165-70867728950e', '7c9e6679-7425-40de-944b-e07fc1f90ae7'];

describe('whichRun', () => {
  const at = temporaryFolder();
  const paths = () => logPaths(at('log.csv'));
  const run = async (withLate = true) => (await whichRun(paths(), withLate)).run;
  const runFile = (id: string | undefined, finished = false) => {
    writeFileSync(paths().run, formatRunFile({ id, input: null, made_from: {}, finished }));
  };

  beforeEach(() => {
    for (const path of Object.values(paths())) rmSync(path, { force: true, recursive: true });
    for (const path of [paths().changes, paths().late]) writeFileSync(path, 'time\n');
    runFile(ONE);
  });

  it('should be the same while a run goes on, is resumed and ends', async () => {
    const before = await run();
    expect(before).to.match(/^[0-9a-z]{16}$/);
    for (const path of [paths().changes, paths().late]) appendFileSync(path, 'x\n');
    utimesSync(paths().changes, 1, 1);
    runFile(ONE, true);
    expect(await run()).to.equal(before);
  });

  it('should be another for another id, though the files are the same', async () => {
    const before = await run();
    runFile(OTHER);
    expect(await run()).not.to.equal(before);
  });

  it('should be another for another file, without an id too, though its inode is that of the one before', async () => {
    for (const id of [ONE, undefined]) {
      runFile(id);
      const before = await run();
      const { ino } = statSync(paths().late);
      for (let again = 0; again < 100 && (again === 0 || statSync(paths().late).ino !== ino); again++) {
        rmSync(paths().late);
        writeFileSync(paths().late, 'time\n');
      }
      expect(await run()).not.to.equal(before);
      const next = await run();
      copyFileSync(paths().changes, at('copy'));
      renameSync(at('copy'), paths().changes);
      expect(await run()).not.to.equal(next);
    }
  });

  it('should not depend on the late file for who does not read it', async () => {
    const before = await run(false);
    rmSync(paths().late);
    expect(await run(false)).to.equal(before);
  });

  it('should tell that the files are just changing while there is a lock and no run file', async () => {
    const isChanging = async () => (await whichRun(paths(), true)).isChanging;
    writeFileSync(paths().lock, '');
    expect(await isChanging()).to.equal(false);
    rmSync(paths().run);
    expect(await isChanging()).to.equal(true);
    rmSync(paths().lock);
    expect(await isChanging()).to.equal(false);
  });

  it('should make do with the files where the run file cannot be read, or is none', async () => {
    rmSync(paths().run);
    const before = await run();
    for (const text of ['', '{', '{"lastfix_run":1,"made_from":{},"id":7}']) {
      writeFileSync(paths().run, text);
      expect(await run()).to.equal(before);
    }
    rmSync(paths().run);
    mkdirSync(paths().run);
    expect(await run()).to.equal(before);
  });
});
