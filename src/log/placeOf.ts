import { lstat, readlink, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { FileError } from '../csv/FileError.js';
import { isTrusted } from '../csv/isTrusted.js';
import { withoutLinks } from './withoutLinks.js';

/** How many symbolic links are followed: as many as Linux does. */
const MAX_LINKS = 40;

export interface PlaceOfOptions {
  /** Follow the links of any user, and not only one's own and root's: enough to read what they lead to. Default: true. */
  readonly trusting?: boolean;
}

/**
 * Where the file at a path is, or will be: if that is a link, at the end of all links, so that its other files
 * are found beside it.
 *
 * @throws FileError for a link that is not to be followed, or that leads nowhere.
 */
export async function placeOf(path: string, { trusting = true }: PlaceOfOptions = {}): Promise<string> {
  let place = path;
  for (let followed = 0; followed <= MAX_LINKS; followed++) {
    const found = await lstat(place).catch(() => undefined); // whoever opens it says why it cannot be seen
    if (!found?.isSymbolicLink())
      return followed === 0 ? path : withoutLinks(place);
    if (!trusting && !isTrusted(found.uid))
      throw new FileError(`${place} is a link that belongs to another user: name the file itself`);
    place = resolve(
      await FileError.attempt('find', path, realpath(dirname(place))),
      await FileError.attempt('read', place, readlink(place)),
    );
  }
  throw new FileError(`${path} is a broken link: remove it, or name another file`);
}
