import { closeSync, openSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { FileError } from '../../src/csv/FileError.js';
import { fileId } from '../../src/csv/fileId.js';
import { failureOf } from '../support/failureOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('fileId', () => {
  const at = temporaryFolder();

  it('should be the same of a file by each of its names and descriptors, and of no other', async () => {
    for (const name of ['file', 'other']) writeFileSync(at(name), '');
    symlinkSync('file', at('link'));
    const descriptor = openSync(at('file'), 'r');
    const id = await fileId(at('file'));
    expect(await fileId(at('link'))).to.equal(id);
    renameSync(at('file'), at('moved'));
    expect(await fileId(descriptor)).to.equal(id);
    expect(await fileId(at('moved'))).to.equal(id);
    expect(await fileId(at('other'))).not.to.equal(id);
    closeSync(descriptor);
  });

  it('should be none where a path leads to none', async () => {
    symlinkSync('round', at('round'));
    for (const path of [at('none'), at('none', 'x'), at('other', 'x'), at('round')]) expect(await fileId(path)).to.equal(undefined);
  });

  it('should say what it cannot look at', async () => {
    expect(await failureOf(fileId(2 ** 30)))
      .to.be.instanceOf(FileError)
      .with.property('message', 'cannot look at descriptor 1073741824: bad file descriptor');
  });
});
