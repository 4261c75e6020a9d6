import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { expect } from 'chai';
import { FileError } from '../../src/csv/FileError.js';
import { lock, type Lock } from '../../src/log/lock.js';
import { failureOf } from '../support/failureOf.js';
import { somethingElse } from '../support/somethingElse.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const LOCK = new URL('../../src/log/lock.js', import.meta.url).href;
/** A program that takes a lock, says so, and keeps it for as long as it lives. */
const KEEPER = `const { lock } = await import(${JSON.stringify(LOCK)}); await lock(process.argv[1]); console.log('locked'); process.stdin.resume();`;

describe('lock', () => {
  const at = temporaryFolder();

  it('should say who has it, to anybody, and be gone when it is released', async () => {
    const taken = await lock(at('a.lock'));
    expect(readFileSync(at('a.lock'), 'utf8')).to.equal(`lastfix: process ${process.pid} on ${hostname()}\n`);
    expect(statSync(at('a.lock')).mode & 0o777).to.equal(0o666);
    await taken?.release();
    expect(existsSync(at('a.lock'))).to.equal(false);
  });

  it('should be refused while another has it, and not after', async () => {
    const taken = await lock(at('b.lock'));
    const failure = await failureOf(lock(at('b.lock')));
    expect(failure).to.be.instanceOf(FileError);
    expect(failure.message).to.equal(`${at('b.lock')}: process ${process.pid} on ${hostname()} is writing this log: wait until it ends, or choose another output`);
    await taken?.release();
    await (await lock(at('b.lock')))?.release();
  });

  it('should be refused while another process has it, and granted when that was killed', async () => {
    const keeper = spawn(process.execPath, ['--input-type=module', '--eval', KEEPER, at('c.lock')], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(keeper, 'close');
    try {
      await once(keeper.stdout, 'data');
      const failure = await failureOf(lock(at('c.lock')));
      expect(failure.message).to.include(`process ${keeper.pid!} on ${hostname()} is writing this log`);
    } finally {
      keeper.kill('SIGKILL');
      await ended;
    }
    expect(existsSync(at('c.lock'))).to.equal(true);
    const taken = await lock(at('c.lock'));
    expect(readFileSync(at('c.lock'), 'utf8')).to.equal(`lastfix: process ${process.pid} on ${hostname()}\n`);
    await taken?.release();
  });

  it('should take over a file that was left behind, also an empty one', async () => {
    for (const text of ['lastfix: process 4194305 on another-machine-with-a-long-name\n', '']) {
      writeFileSync(at('d.lock'), text);
      const taken = await lock(at('d.lock'));
      expect(readFileSync(at('d.lock'), 'utf8')).to.equal(`lastfix: process ${process.pid} on ${hostname()}\n`);
      await taken?.release();
    }
  });

  it('should be had by one at a time, however many want it', async () => {
    let holding = 0;
    let granted = 0;
    const wanting = async () => {
      for (let had = 0; had < 5; ) {
        let taken: Lock | undefined;
        try {
          taken = await lock(at('e.lock'));
        } catch (failure) {
          expect(failure).to.have.property('message').that.includes('is writing this log');
          continue;
        }
        expect(++holding).to.equal(1);
        await somethingElse();
        holding--;
        await taken?.release();
        had++;
        granted++;
      }
    };
    await Promise.all(Array.from({ length: 8 }, wanting));
    expect(granted).to.equal(40);
    expect(existsSync(at('e.lock'))).to.equal(false);
  });

  it('should take away no lock of another, who made it after its own was deleted', async () => {
    const one = await lock(at('h.lock'));
    rmSync(at('h.lock'));
    const other = await lock(at('h.lock'));
    await one?.release();
    expect(await failureOf(lock(at('h.lock')))).to.have.property('message').that.includes('is writing this log');
    await other?.release();
    expect(existsSync(at('h.lock'))).to.equal(false);
  });

  it('should refuse a file that is not one of its own, and leave it as it is', async () => {
    writeFileSync(at('f.lock'), 'mine\n');
    const failure = await failureOf(lock(at('f.lock')));
    expect(failure).to.be.instanceOf(FileError).with.property('message', `${at('f.lock')} was not written by lastfix: move it away, or choose another output`);
    expect(readFileSync(at('f.lock'), 'utf8')).to.equal('mine\n');
  });

  it('should say which file it cannot make, and why', async () => {
    expect(await failureOf(lock(at('no', 'g.lock')))).to.have.property('message', `cannot lock ${at('no', 'g.lock')}: no such file or directory (check the path)`);
    expect(await failureOf(lock(at()))).to.have.property('message', `${at()} is no regular file: move it away, or choose another output`);
  });
});
