import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { LineFile } from '../../src/log/LineFile.js';
import { failureOf } from '../support/failureOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('LineFile', () => {
  const at = temporaryFolder();
  const text = (...names: string[]) => readFileSync(at(...names), 'utf8');

  it('should take the place of what was there only when it is published', async () => {
    writeFileSync(at('log'), 'old\n');
    const file = await LineFile.create(at('log'));
    await file.append(['a\n']);
    expect(text('log')).to.equal('old\n');
    await file.publish();
    expect(text('log')).to.equal('a\n');
    await file.append([]);
    await file.append(['é\n', 'b\n']);
    expect(text('log')).to.equal('a\né\nb\n');
    expect(file.size).to.equal(7);
    await file.close();
  });

  it('should follow a link to the file that it replaces', async () => {
    writeFileSync(at('target'), 'old\n');
    symlinkSync('target', at('link'));
    const file = await LineFile.create(at('link'));
    await file.publish();
    await file.append(['new\n']);
    await file.close();
    expect([text('target'), text('link')]).to.deep.equal(['new\n', 'new\n']);
  });

  it('should leave nothing behind when it is discarded', async () => {
    const file = await LineFile.create(at('never'));
    await file.discard();
    expect(readdirSync(at()).filter((name) => name.startsWith('never'))).to.deep.equal([]);
  });

  it('should write more than fits into one string, in order', async () => {
    const file = await LineFile.create(at('big'));
    await file.publish();
    const lines = Array.from({ length: 5 }, (_, i) => `${String(i).repeat(5_000_000)}\n`);
    await file.append(lines);
    await file.close();
    expect(text('big') === lines.join('')).to.equal(true);
  });

  it('should notice that it was deleted, or replaced by another run', async () => {
    const file = await LineFile.create(at('gone'));
    await file.publish();
    rmSync(at('gone'));
    expect(await failureOf(file.append(['a\n']))).to.have.property('message').that.includes('gone was deleted or replaced while it was written');
    await file.close();
  });

  it('should say which file it cannot make, and why', async () => {
    expect(await failureOf(LineFile.create(at('no', 'log')))).to.have.property('message', `cannot write ${at('no', 'log')}: no such file or directory (check the path)`);
  });

  it('should leave no half of a line behind when the disk is full', async () => {
    mkdirSync(at('small'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', at('small')]).status === 0;
    if (!mounted) return; // no root, or no Linux
    try {
      const file = await LineFile.create(at('small', 'log'));
      await file.publish();
      await file.append(['whole\n']);
      expect(await failureOf(file.append(['x'.repeat(100_000)]))).to.have.property('message').that.includes('no space left on device');
      expect(text('small', 'log')).to.equal('whole\n');
      await file.append(['and on\n']);
      await file.close();
      expect(text('small', 'log')).to.equal('whole\nand on\n');
    } finally {
      spawnSync('umount', [at('small')]);
    }
  });
});
