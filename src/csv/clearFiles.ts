import { opendir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Takes away the regular files of a folder that are left behind, by their names; what the system does not let go,
 * such as those of another user, stays.
 */
export async function clearFiles(folder: string, isLeft: (name: string) => boolean): Promise<void> {
  const entries = await opendir(folder).catch(() => undefined); // a folder may be written to that cannot be listed
  if (!entries) return;
  for await (const entry of entries) {
    if (entry.isFile() && isLeft(entry.name)) await rm(join(folder, entry.name), { force: true }).catch(() => undefined); // it does no harm
  }
}
