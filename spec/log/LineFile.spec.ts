import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { LineFile } from '../../src/log/LineFile.js';
import { failureOf } from '../support/failureOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('LineFile', () => {
  const at = temporaryFolder();

  it('should append to what is there, or clear it first', async () => {
    writeFileSync(at('log'), 'old\n');
    const file = await LineFile.open(at('log'));
    expect(readFileSync(at('log'), 'utf8')).to.equal('old\n');
    await file.clear();
    await file.append('a\n');
    await file.append('');
    await file.append('é\n');
    expect(file.size).to.equal(5);
    await file.close();
    expect(readFileSync(at('log'), 'utf8')).to.equal('a\né\n');
  });

  it('should say which file it cannot open, and why', async () => {
    expect(await failureOf(LineFile.open(at('no', 'log')))).to.have.property('message', `cannot write ${at('no', 'log')}: no such file or directory (check the path)`);
  });

  if (existsSync('/dev/full')) {
    it('should say that the disk is full', async () => {
      const file = await LineFile.open('/dev/full');
      expect(await failureOf(file.append('a\n'))).to.have.property('message').that.matches(/^cannot write \/dev\/full: no space left on device \(make room and run again\)/);
      await file.close();
    });
  }

  it('should leave no half of a line behind when the disk is full', async () => {
    mkdirSync(at('small'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', at('small')]).status === 0;
    if (!mounted) return; // not root, or no Linux: /dev/full above must do
    try {
      const file = await LineFile.open(at('small', 'log'));
      await file.append('whole\n');
      expect(await failureOf(file.append('x'.repeat(100_000)))).to.have.property('message').that.includes('no space left on device');
      expect(readFileSync(at('small', 'log'), 'utf8')).to.equal('whole\n');
      await file.append('and on\n');
      await file.close();
      expect(readFileSync(at('small', 'log'), 'utf8')).to.equal('whole\nand on\n');
    } finally {
      spawnSync('umount', [at('small')]);
    }
  });
});
