import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { expect } from 'chai';
import extensions from 'fs-native-extensions';
import { isBeingWritten } from '../../src/log/isBeingWritten.js';
import { lock } from '../../src/log/lock.js';
import { eventually } from '../support/eventually.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const LOCK = new URL('../../src/log/lock.js', import.meta.url).href;
/** A program that takes a lock, says so, and keeps it for as long as it lives. */
const KEEPER = `const { lock } = await import(${JSON.stringify(LOCK)}); await lock(process.argv[1]); console.log('locked'); process.stdin.resume();`;

describe('isBeingWritten', () => {
  const at = temporaryFolder();

  it('should be so while a run has the lock, in this process, too', async () => {
    expect(await isBeingWritten(at('a.lock'))).to.equal(false);
    const taken = await lock(at('a.lock'));
    expect([await isBeingWritten(at('a.lock')), await isBeingWritten(at('a.lock'))]).to.deep.equal([true, true]);
    await taken?.release();
    expect([await isBeingWritten(at('a.lock')), existsSync(at('a.lock'))]).to.deep.equal([false, false]);
  });

  it('should not be so of a run that was killed, though its lock file is there', async () => {
    const keeper = spawn(process.execPath, ['--input-type=module', '--eval', KEEPER, at('b.lock')], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(keeper, 'close');
    await once(keeper.stdout, 'data');
    expect(await isBeingWritten(at('b.lock'))).to.equal(true);
    keeper.kill('SIGKILL');
    await ended;
    expect([await isBeingWritten(at('b.lock')), existsSync(at('b.lock'))]).to.deep.equal([false, true]);
    writeFileSync(at('left.lock'), 'lastfix: process 1 on another-machine\n');
    expect(await isBeingWritten(at('left.lock'))).to.equal(false);
  });

  it('should not be known where something else stands', async () => {
    mkdirSync(at('folder.lock'));
    expect(await isBeingWritten(at('folder.lock'))).to.equal(undefined);
  });

  it('should not keep a run from its lock, which waits until nobody looks any more', async () => {
    writeFileSync(at('c.lock'), '');
    const looking = await open(at('c.lock'), 'r');
    expect(extensions.tryLock(looking.fd, { shared: true })).to.equal(true);
    const tryLock = extensions.tryLock.bind(extensions);
    let refused = 0;
    Object.assign(extensions, {
      tryLock: (descriptor: number) => {
        const isGranted = tryLock(descriptor);
        if (!isGranted) refused++;
        return isGranted;
      },
    });
    try {
      const taking = lock(at('c.lock'));
      await Promise.race([eventually(() => refused > 0), taking]);
      extensions.unlock(looking.fd);
      await (await taking)!.release();
      expect(refused).to.be.greaterThan(0);
    } finally {
      Object.assign(extensions, { tryLock });
      await looking.close();
    }
  });
});
