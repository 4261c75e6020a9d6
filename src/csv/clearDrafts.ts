import { basename, dirname } from 'node:path';
import { clearFiles } from './clearFiles.js';
import { DRAFT } from './draftOf.js';

/** Takes away the drafts that killed runs have left of some files: nobody else may be making one of them. */
export async function clearDrafts(paths: readonly string[]): Promise<void> {
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    const names = paths.filter((path) => dirname(path) === folder).map((path) => basename(path));
    await clearFiles(folder, (name) => names.some((of) => name.startsWith(of) && DRAFT.test(name.slice(of.length))));
  }
}
