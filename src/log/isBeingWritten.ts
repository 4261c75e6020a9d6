import { constants } from 'node:fs';
import { ifMissing } from '../csv/ifMissing.js';
import { openRegular } from '../csv/openRegular.js';

/**
 * Whether a run is writing the log with the lock file at `path`: whether a process has that lock, and so not after it was
 * killed. Takes a lock that can be shared, and gives it up at once; `lock` waits for that.
 *
 * @returns `undefined` where that cannot be known: the package that knows these locks does not run, or what is there cannot
 * be opened, such as a file of another user
 */
export async function isBeingWritten(path: string): Promise<boolean | undefined> {
  const extensions = await import('fs-native-extensions').catch(() => undefined); // has no build for Alpine's libc, for one
  if (!extensions) return undefined;
  const opened = openRegular('read', path, constants.O_RDONLY).catch(ifMissing).then((handle) => ({ handle }));
  const found = await opened.catch(() => undefined);
  if (!found) return undefined;
  if (!found.handle) return false;
  const { handle } = found;
  try {
    if (!extensions.default.tryLock(handle.fd, { shared: true })) return true;
    extensions.default.unlock(handle.fd);
    return false;
  } finally {
    await handle.close();
  }
}
