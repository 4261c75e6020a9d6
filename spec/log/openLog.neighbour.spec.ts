import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { expect } from 'chai';
import { FileError } from '../../src/csv/FileError.js';
import { openLog, type OpenLogOptions } from '../../src/log/openLog.js';
import { LOG_FILES, logPaths, type LogPaths } from '../../src/log/paths.js';
import { commitTo } from '../support/commitTo.js';
import { failureOf } from '../support/failureOf.js';
import { fix } from '../support/fix.js';
import { stranger } from '../support/stranger.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { update } from '../support/update.js';

const LOG = 'time,device_id,lat,lon,speed,event_time\n';
const INDEXES = ['changesIndex', 'lateIndex'];

/** What somebody who may write to the folder of a log can do to it before a run. */
describe('openLog, beside a neighbour', () => {
  const at = temporaryFolder();
  const giveAway = stranger();
  let paths = logPaths('');
  let count = 0;
  /** Elsewhere, and nobody's business: what a run would replace without asking, were it beside the log. */
  let elsewhere = '';
  beforeEach(() => {
    const folder = String(count++);
    mkdirSync(at(folder));
    mkdirSync(at(`${folder}-elsewhere`));
    paths = logPaths(at(folder, 'x.csv'));
    elsewhere = at(`${folder}-elsewhere`, 'mine');
  });
  const run = async (options: OpenLogOptions = {}) => {
    const log = await openLog(paths.changes, { durable: false, ...options });
    try {
      await commitTo(log, [update(fix('a', { event: 1e6 })), update(fix('a', { event: 0, arrival: 2e6 }), 'late')]);
      await log.end();
    } finally {
      await log.close();
    }
    return log;
  };

  for (const kind of Object.keys(logPaths('x.csv')) as (keyof LogPaths)[]) {
    const isIndex = INDEXES.includes(kind);
    /** A run refuses what stands at its path; an index it can do without. */
    const refuses = async (options: OpenLogOptions, message: string) => {
      if (!isIndex) expect(await failureOf(run(options))).to.be.instanceOf(FileError).with.property('message').that.includes(message);
      else expect((await run(options)).unindexed).to.include(`${paths[kind]} was not written by lastfix`);
    };

    if (kind !== 'changes') { // this one was named by the user, who may have it lead elsewhere
      for (const resume of [false, true]) {
        it(`should follow no link at its file ${kind}${resume ? ', to resume it' : ''}`, async () => {
          if (resume) await run();
          const was = existsSync(paths[kind]) ? readFileSync(paths[kind]) : Buffer.alloc(0);
          for (const target of [elsewhere, `${elsewhere}-not`]) {
            rmSync(paths[kind], { force: true });
            writeFileSync(elsewhere, was, { mode: 0o600 });
            symlinkSync(target, paths[kind]);
            await refuses({ resume }, `${paths[kind]} is a link`);
            expect(lstatSync(paths[kind]).isSymbolicLink()).to.equal(true);
            expect(readFileSync(elsewhere).equals(was)).to.equal(true);
            expect(statSync(elsewhere).mode & 0o777).to.equal(0o600);
          }
          expect(readdirSync(at(`${count - 1}-elsewhere`))).to.deep.equal(['mine']);
        });
      }
    }

    for (const [what, make] of [
      ['folder', (path: string) => { mkdirSync(path); }],
      ['FIFO', (path: string) => { expect(spawnSync('mkfifo', [path]).status).to.equal(0); }],
    ] as const) {
      for (const resume of [false, true]) {
        it(`should wait for nobody at a ${what} in the place of its file ${kind}${resume ? ', to resume it' : ''}`, async () => {
          if (resume) await run();
          rmSync(paths[kind], { force: true });
          make(paths[kind]);
          await refuses({ resume }, paths[kind]);
        });
      }
    }
  }

  it('should follow a link at its path that its user has made, also to a log that is not there yet', async () => {
    symlinkSync(`${elsewhere}.csv`, paths.changes);
    await run();
    expect(readdirSync(at(String(count - 1)))).to.deep.equal(['x.csv']);
    expect(readFileSync(`${elsewhere}.csv`, 'utf8')).to.match(new RegExp(`^${LOG}.+\n$`));
  });

  it('should replace no log that a link of another user leads to', async () => {
    writeFileSync(`${elsewhere}.csv`, LOG);
    symlinkSync(`${elsewhere}.csv`, paths.changes);
    giveAway(paths.changes);
    expect(await failureOf(run()))
      .to.be.instanceOf(FileError)
      .with.property('message', `${paths.changes} is a link that belongs to another user: name the file itself`);
    expect(readFileSync(`${elsewhere}.csv`, 'utf8')).to.equal(LOG);
    expect(readdirSync(at(`${count - 1}-elsewhere`))).to.deep.equal(['mine.csv']);
  });

  for (const kind of LOG_FILES) {
    it(`should go on with no file that has another name: ${kind}`, async () => {
      for (const text of ['', '\0\0\0\0', 'time,', 'mine\n']) {
        await run();
        writeFileSync(elsewhere, text);
        rmSync(paths[kind]);
        linkSync(elsewhere, paths[kind]);
        expect(await failureOf(run({ resume: true })))
          .to.be.instanceOf(FileError)
          .with.property(
            'message',
            `${paths[kind]} has another hard link, and would change there too: copy it, or start anew without --resume`,
          );
        expect(readFileSync(elsewhere, 'utf8')).to.equal(text);
        rmSync(paths[kind]);
      }
    });
  }

  it('should make its files by the umask, whatever was there', async () => {
    const before = process.umask(0o027);
    try {
      await run();
      for (const name of Object.values(paths).filter((path) => existsSync(path))) {
        expect((statSync(name).mode & 0o777).toString(8), name).to.equal('640');
      }
    } finally {
      process.umask(before);
    }
  });

  it('should read no run file of gigabytes', async () => {
    await run();
    appendFileSync(paths.run, ' ');
    truncateSync(paths.run, 3 * 2 ** 30);
    expect(await failureOf(run())).to.have.property('message').that.includes(`${paths.run} was not written by lastfix`);
  });
});
