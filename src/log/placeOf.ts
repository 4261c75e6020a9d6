import { readlink, realpath } from 'node:fs/promises';

/** Where the log at a path is: if that is a link to one, at its end, so that its other files are found beside it. */
export function placeOf(path: string): Promise<string> {
  return readlink(path).then(() => realpath(path)).catch(() => path);
}
