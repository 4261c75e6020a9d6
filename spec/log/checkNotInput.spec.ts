import { closeSync, linkSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { FileError } from '../../src/csv/FileError.js';
import { checkNotInput } from '../../src/log/checkNotInput.js';
import { failureOf } from '../support/failureOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('checkNotInput', () => {
  const at = temporaryFolder();
  before(() => {
    for (const name of ['in', 'other']) writeFileSync(at(name), '');
    symlinkSync('in', at('link'));
    linkSync(at('in'), at('twin'));
  });

  it('should let pass what is another file, or none', async () => {
    await checkNotInput([at('other'), at('none')], [at('in'), at('none')]);
  });

  for (const name of ['in', 'link', 'twin']) {
    it(`should refuse the input by the name ${name}, also if that is known by its descriptor alone`, async () => {
      const descriptor = openSync(at('in'), 'r');
      for (const input of [at('in'), at('link'), descriptor]) {
        const failure = await failureOf(checkNotInput([at('other'), at(name)], [input]));
        expect(failure)
          .to.be.instanceOf(FileError)
          .with.property('message', `${at(name)} is the input, which is never overwritten: choose another --output`);
      }
      closeSync(descriptor);
    });
  }
});
