import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** No user of this machine. */
const STRANGER = 4_294_000_000;

/** Gives files and links to somebody else until the end of the test, as it seems to whoever looks: really to do so takes root. */
export function stranger(): (path: string) => void {
  const { fstatSync } = fs;
  const { lstat } = fs.promises;
  const given = new Set<bigint>();
  const seen = <S extends fs.Stats | fs.BigIntStats>(found: S): S => {
    if (given.has(BigInt(found.ino))) Object.assign(found, { uid: typeof found.uid === 'bigint' ? BigInt(STRANGER) : STRANGER });
    return found;
  };
  const patch = (look: typeof fstatSync, lookLater: typeof lstat) => {
    Object.assign(fs, { fstatSync: look });
    Object.assign(fs.promises, { lstat: lookLater });
    syncBuiltinESMExports();
  };
  beforeEach(() => {
    patch(
      ((...args: Parameters<typeof fstatSync>) => seen(fstatSync(...args))) as typeof fstatSync,
      (async (...args: Parameters<typeof lstat>) => seen(await lstat(...args))) as typeof lstat,
    );
  });
  afterEach(() => {
    given.clear();
    patch(fstatSync, lstat);
  });
  return (path) => given.add(fs.lstatSync(path, { bigint: true }).ino);
}
