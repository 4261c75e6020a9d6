import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { FileError } from '../../src/csv/FileError.js';
import { placeOf } from '../../src/log/placeOf.js';
import { failureOf } from '../support/failureOf.js';
import { stranger } from '../support/stranger.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('placeOf', () => {
  const at = temporaryFolder();
  const giveAway = stranger();
  before(() => {
    mkdirSync(at('real'));
    writeFileSync(at('real', 'log'), '');
    symlinkSync('real', at('folder'));
    symlinkSync('folder/log', at('link'));
    symlinkSync('link', at('second'));
    symlinkSync('../folder/none', at('real', 'dangling'));
    symlinkSync('round', at('round'));
  });

  it('should be the path itself where there is no link', async () => {
    for (const path of [at('real', 'log'), at('folder', 'log'), at('none'), at('no', 'folder'), 'relative'])
      expect(await placeOf(path)).to.equal(path);
  });

  it('should be the end of all links', async () => {
    for (const name of ['link', 'second']) expect(await placeOf(at(name))).to.equal(at('real', 'log'));
  });

  it('should be where a file will be that is not there yet', async () => {
    expect(await placeOf(at('real', 'dangling'))).to.equal(at('real', 'none'));
  });

  it('should follow no links for ever', async () => {
    expect(await failureOf(placeOf(at('round'))))
      .to.be.instanceOf(FileError)
      .with.property('message', `${at('round')} is a broken link: remove it, or name another file`);
  });

  it('should follow what somebody else has put there only if asked to', async () => {
    giveAway(at('link'));
    expect(await placeOf(at('second'))).to.equal(at('real', 'log'));
    expect(await failureOf(placeOf(at('second'), { trusting: false })))
      .to.be.instanceOf(FileError)
      .with.property('message', `${at('link')} is a link that belongs to another user: name the file itself`);
  });

  it('should follow its own links in any case', async () => {
    expect(await placeOf(at('second'), { trusting: false })).to.equal(at('real', 'log'));
  });
});
