import { spawnSync } from 'node:child_process';
import { closeSync, openSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { FileError } from '../../src/csv/FileError.js';
import { logPaths } from '../../src/log/paths.js';
import { appendedAfter } from '../../src/tail/appendedAfter.js';
import { failureOf } from '../support/failureOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time';

/**
 * The files of a log are opened again and again while it is served: whatever somebody puts in their place meanwhile,
 * nothing is waited for.
 */
describe('appendedAfter, beside a neighbour', () => {
  const at = temporaryFolder();
  let paths = logPaths('');
  beforeEach(() => {
    paths = logPaths(at('x.csv'));
    writeFileSync(paths.changes, `${HEADER}\n`);
    writeFileSync(paths.late, `${HEADER},reason,latest_event_time\n`);
  });
  afterEach(() => {
    for (const kind of ['changes', 'late'] as const) {
      if (spawnSync('test', ['-p', paths[kind]]).status === 0) closeSync(openSync(paths[kind], 'r+')); // lets go of who waits
      rmSync(paths[kind]);
    }
  });
  const read = () => appendedAfter(paths, '0-0-0-0');

  for (const kind of ['changes', 'late'] as const) {
    it(`should wait for nobody at a FIFO in the place of the file ${kind}`, async () => {
      rmSync(paths[kind]);
      expect(spawnSync('mkfifo', [paths[kind]]).status).to.equal(0);
      expect(await failureOf(read()))
        .to.be.instanceOf(FileError)
        .with.property('message')
        .that.includes(`${paths[kind]} is not a regular file`);
    }).timeout(60_000);

    it(`should follow no link in the place of the file ${kind}`, async () => {
      renameSync(paths[kind], at('elsewhere'));
      symlinkSync(at('elsewhere'), paths[kind]);
      expect(await failureOf(read())).to.be.instanceOf(FileError).with.property('message').that.includes(`${paths[kind]} is a link`);
    });
  }
});
