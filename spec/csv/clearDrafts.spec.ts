import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'chai';
import { clearDrafts } from '../../src/csv/clearDrafts.js';
import { draftOf } from '../../src/csv/draftOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('clearDrafts', () => {
  const at = temporaryFolder();

  it('should take away the drafts of some files, in whatever folders', async () => {
    mkdirSync(at('folder'));
    const paths = [at('a.csv'), at('a.csv.run.json'), at('folder', 'b.csv')];
    const drafts = paths.flatMap((path) => [draftOf(path), draftOf(path)]);
    for (const draft of drafts) writeFileSync(draft, '');
    await clearDrafts(paths);
    for (const draft of drafts) expect(existsSync(draft)).to.equal(false);
  });

  it('should leave every other file, as those of another log, a folder or a link of such a name', async () => {
    mkdirSync(at('others'));
    const draft = basename(draftOf('a.csv'));
    const names = [
      'a.csv',
      'a.csv.lastfix-new',
      'a.csv.0b7a8a1e-6b8c-4b6e-9d0e-1f2a3b4c5d6e',
      `${draft}.csv`,
      `${draft}0`,
      `x${draft}`,
      basename(draftOf('a.csv.run.json')),
      basename(draftOf('b.csv')),
    ];
    for (const name of names) writeFileSync(at('others', name), '');
    mkdirSync(at('others', basename(draftOf('a.csv'))));
    symlinkSync('a.csv', at('others', basename(draftOf('a.csv'))));
    const before = readdirSync(at('others'));
    await clearDrafts([at('others', 'a.csv')]);
    expect(readdirSync(at('others'))).to.deep.equal(before);
    expect(before).to.have.length(names.length + 2);
  });

  it('should do nothing where there is no folder', async () => {
    await clearDrafts([at('none', 'a.csv')]);
  });
});
