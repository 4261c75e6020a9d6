import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { checkRegular } from '../../src/log/checkRegular.js';
import { failureOf } from '../support/failureOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('checkRegular', () => {
  const at = temporaryFolder();

  it('should let pass a file, a link to one, and what is not there', async () => {
    writeFileSync(at('file'), '');
    symlinkSync('file', at('link'));
    for (const name of ['file', 'link', 'none']) await checkRegular(at(name));
  });

  it('should refuse a folder', async () => {
    mkdirSync(at('folder'));
    expect(await failureOf(checkRegular(at('folder')))).to.have.property('message', `${at('folder')} is no regular file: move it away, or choose another output`);
  });

  it('should refuse a FIFO, from which one would read for ever', async () => {
    if (spawnSync('mkfifo', [at('pipe')]).status !== 0) return; // no such thing here
    expect(await failureOf(checkRegular(at('pipe')))).to.have.property('message').that.includes('is no regular file');
  });

  it('should say why it cannot look', async () => {
    writeFileSync(at('file'), '');
    expect(await failureOf(checkRegular(at('file', 'x')))).to.have.property('message', `cannot read ${at('file', 'x')}: not a directory (a part of the path is a file, not a folder)`);
  });
});
