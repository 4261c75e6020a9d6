import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** A path whose folder is named without links, if there is such a folder; whether the file itself is a link does not matter. */
export async function withoutLinks(path: string): Promise<string> {
  const folder = await realpath(dirname(path)).catch(() => undefined);
  return folder === undefined ? resolve(path) : join(folder, basename(path));
}
