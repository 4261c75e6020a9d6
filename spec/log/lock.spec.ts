import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
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

const OWN = `lastfix: process ${process.pid} on ${hostname()}\n`;

describe('lock', () => {
  const at = temporaryFolder();

  it('should say who has it, and be gone when it is released', async () => {
    const taken = await lock(at('a.lock'));
    expect(readFileSync(at('a.lock'), 'utf8')).to.equal(OWN);
    await taken?.release();
    expect(existsSync(at('a.lock'))).to.equal(false);
  });

  it('should be refused while another has it, and not after', async () => {
    const taken = await lock(at('b.lock'));
    const failure = await failureOf(lock(at('b.lock')));
    expect(failure).to.be.instanceOf(FileError);
    expect(failure.message).to.equal(
      `${at('b.lock')}: process ${process.pid} on ${hostname()} is writing this log: wait until it ends, or choose another --output`,
    );
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
    expect(readFileSync(at('c.lock'), 'utf8')).to.equal(OWN);
    await taken?.release();
  });

  it('should take over a file that was left behind, also an empty one', async () => {
    for (const text of ['lastfix: process 4194305 on another-machine-with-a-long-name\n', '']) {
      writeFileSync(at('d.lock'), text);
      const taken = await lock(at('d.lock'));
      expect(readFileSync(at('d.lock'), 'utf8')).to.equal(OWN);
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

  describe('in a folder where others may write', () => {
    let count = 0;
    let path = '';
    /** A file elsewhere that is nobody else's business. */
    let mine = '';
    beforeEach(() => {
      const folder = `shared-${count++}`;
      mkdirSync(at(folder));
      [path, mine] = [at(folder, 'x.lock'), at(folder, 'mine')];
      writeFileSync(mine, 'mine\n', { mode: 0o600 });
    });
    const isUntouched = () => {
      expect(readFileSync(mine, 'utf8')).to.equal('mine\n');
      expect(statSync(mine).mode & 0o777).to.equal(0o600);
    };

    for (const [umask, mode] of [[0o022, 0o600], [0o077, 0o600], [0o007, 0o660], [0o002, 0o660], [0o000, 0o666]] as const) {
      it(`should be open to those who may write by the umask ${umask.toString(8)}, and to nobody else, who could hold it`, async () => {
        const before = process.umask(umask);
        try {
          const taken = await lock(path);
          expect((statSync(path).mode & 0o777).toString(8)).to.equal(mode.toString(8));
          await taken?.release();
        } finally {
          process.umask(before);
        }
      });
    }

    it('should open up no file that is there', async () => {
      writeFileSync(path, '', { mode: 0o600 });
      const taken = await lock(path);
      expect(statSync(path).mode & 0o777).to.equal(0o600);
      await taken?.release();
    });

    it('should follow no link, to a file or to nothing', async () => {
      for (const target of [mine, `${mine}-not`]) {
        symlinkSync(target, path);
        expect(await failureOf(lock(path)))
          .to.be.instanceOf(FileError)
          .with.property('message', `${path} is a link, and links are not followed here: remove it, or choose another --output`);
        rmSync(path);
      }
      isUntouched();
      expect(existsSync(`${mine}-not`)).to.equal(false);
    });

    it('should write into no file that has another name', async () => {
      for (const text of ['', OWN]) {
        const other = `${path}-${text.length}`;
        writeFileSync(other, text);
        linkSync(other, path);
        await (await lock(path))?.release();
        expect(readFileSync(other, 'utf8')).to.equal(text);
        rmSync(path, { force: true });
      }
    });

    for (const [what, make] of [
      ['text', () => { writeFileSync(path, 'mine\n'); }],
      ['a file of gigabytes', () => {
        writeFileSync(path, '');
        truncateSync(path, 3 * 2 ** 30);
      }],
      ['a file that starts as a lock does', () => { writeFileSync(path, `lastfix: ${'\u001b[2J'.repeat(1e5)}`); }],
    ] as const) {
      it(`should be had where there is ${what}, which it leaves as it is`, async () => {
        make();
        const { size, mode } = statSync(path);
        const taken = await lock(path);
        const { message } = await failureOf(lock(path));
        expect(message).to.match(/: .* is writing this log: wait until it ends, or choose another --output$/);
        expect(message.length).to.be.lessThan(1000);
        await taken?.release();
        expect(statSync(path)).to.include({ size, mode });
        await (await lock(path))?.release();
      });
    }

    for (const [what, make, said] of [
      ['a folder', () => { mkdirSync(path); }, 'is a folder, not a file'],
      ['a FIFO', () => { expect(spawnSync('mkfifo', [path]).status).to.equal(0); }, 'is not a regular file'],
    ] as const) {
      it(`should refuse ${what}, and not wait for anybody`, async () => {
        make();
        expect(await failureOf(lock(path)))
          .to.be.instanceOf(FileError)
          .with.property('message', `${path} ${said}: move it away, or choose another path`);
      });
    }

    it('should say that it is of another user, whose run it cannot know of', async () => {
      chmodSync(at(), 0o755);
      writeFileSync(path, OWN, { mode: 0o000 });
      if (process.getuid?.() === 0) process.seteuid?.(65_534); // root may open anything
      try {
        expect(await failureOf(lock(path)))
          .to.be.instanceOf(FileError)
          .with.property(
            'message',
            `${path} belongs to another user, who may be writing this log: wait until that has ended (if nothing is running, have the file removed), or choose another --output`,
          );
      } finally {
        if (process.getuid?.() === 0) process.seteuid?.(0);
      }
    });

    it('should take away nothing that has taken its place', async () => {
      const taken = await lock(path);
      rmSync(path);
      symlinkSync(mine, path);
      await taken?.release();
      expect(readdirSync(at(`shared-${count - 1}`)).sort()).to.deep.equal(['mine', 'x.lock']);
      isUntouched();
    });
  });

  it('should say which file it cannot make, and why', async () => {
    expect(await failureOf(lock(at('no', 'g.lock')))).to.have.property(
      'message',
      `cannot lock ${at('no', 'g.lock')}: no such file or directory (check the path)`,
    );
  });
});
