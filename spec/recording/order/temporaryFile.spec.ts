import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { temporaryFile } from '../../../src/recording/order/temporaryFile.js';
import { failureOf } from '../../support/failureOf.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

describe('temporaryFile', () => {
  const at = temporaryFolder();

  it('should make a file without a name, in a folder that is made if need be', async () => {
    const file = await temporaryFile(at('new', 'folder'), 10);
    expect(readdirSync(at('new', 'folder'))).to.deep.equal([]);
    await file.write('text', 0);
    expect((await file.read(Buffer.alloc(9), 0, 9, 0)).buffer.toString('utf8', 0, 4)).to.equal('text');
    await file.close();
  });

  it('should let nobody else open it, while it has a name', async () => {
    const before = process.umask(0);
    try {
      const file = await temporaryFile(at(), 10);
      expect(((await file.stat()).mode & 0o777).toString(8)).to.equal('600');
      await file.close();
    } finally {
      process.umask(before);
    }
  });

  it('should take away what a run left that was killed before it took its name, and nothing else', async () => {
    mkdirSync(at('left'));
    for (const name of ['.lastfix-0b7a8a1e-6b8c-4b6e-9d0e-1f2a3b4c5d6e.tmp', '.lastfix-mine.tmp', 'x.csv'])
      writeFileSync(at('left', name), '');
    await (await temporaryFile(at('left'), 10)).close();
    expect(readdirSync(at('left')).sort()).to.deep.equal(['.lastfix-mine.tmp', 'x.csv']);
  });

  it('should not mind that another run has taken its name away', async () => {
    const runs = await Promise.all(Array.from({ length: 50 }, () => temporaryFile(at('shared'), 10)));
    expect(readdirSync(at('shared'))).to.deep.equal([]);
    await Promise.all(runs.map((file) => file.close()));
  });

  it('should be refused where it does not fit', async () => {
    expect(await failureOf(temporaryFile(at(), 1e18)))
      .to.have.property('message')
      .that.matches(/ MiB free, and sorting takes about 953,674,316,407 MiB there/);
  });
});
