import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the suite it is called in an empty folder, and takes it away at the end; the result joins paths to it. */
export function temporaryFolder(): (...names: readonly string[]) => string {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'lastfix-'))));
  after(() => { rmSync(folder, { recursive: true }); });
  return (...names) => join(folder, ...names);
}
