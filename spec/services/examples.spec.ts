import { copyFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { ownDatabase } from './ownDatabase.js';

const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

describe('an example with a store', () => {
  const at = temporaryFolder();
  const own = ownDatabase();

  it('should play a recording into it, ask it, and say how it is, however often it is run', () => {
    copyFileSync(root('fixtures/minute.csv'), at('recording.csv'));
    for (let run = 0; run < 2; run++) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [root('dist/examples/store.js'), own().url], { cwd: at(), encoding: 'utf8' });
      expect(status, stderr).to.equal(0);
      expect(stdout).to.equal('23.206205368041992, 76.27769470214844\n129 fixes, 44 changes; all is there\n');
    }
  });
});
