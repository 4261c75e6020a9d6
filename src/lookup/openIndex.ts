import { closeSync, constants, fstatSync, lstatSync, openSync, renameSync, rmSync } from 'node:fs';
import { draftOf } from '../csv/draftOf.js';
import { isTrusted } from '../csv/isTrusted.js';
import { firstPageOf } from './firstPageOf.js';
import { IndexFile } from './IndexFile.js';
import type { Reads } from './Reads.js';
import { NO_STAMP, wasIndex, type Stamp } from './stamp.js';

/** The one byte that is locked: far behind the end, since where locks are not advisory, others still are to read. */
const LOCKED = 2 ** 50;

/** Follow no link at the end of the path, and wait for nobody at the other end of a FIFO. Windows has neither flag. */
const ITSELF = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** An index that is brought up to date. */
export interface UpdatedIndex {
  readonly index: IndexFile;
  /** What its `isOf` and `stateOf` gave before its stamp was taken away. */
  readonly isOf: boolean;
  readonly state: Stamp;
}

/** Where the index of a CSV file is. */
export function indexPath(csv: string): string {
  return `${csv}.index`;
}

/**
 * Opens the index at `path` for reading; `undefined` if there is none that can be read, or it is of somebody else
 * than who asks or has the open file that it is of: such a one could make it tell lies.
 */
export function openIndex(path: string, reads: Reads, csv?: number): IndexFile | undefined {
  return attempt(path, constants.O_RDONLY, (descriptor) =>
    isTrustedFor(csv, descriptor) ? new IndexFile(descriptor, reads) : undefined,
  );
}

/**
 * Opens the index at `path`, or makes one, to bring it up to date with an open file: nobody else can until it
 * is `release`d. Takes its stamp away.
 *
 * @returns `undefined` if a run or a question is writing it, if there is no right or room to, if the file at `path` is not an
 * index or has another name, or if it is of somebody else, as for `openIndex`.
 */
export async function openIndexToUpdate(path: string, csv: number, reads: Reads): Promise<UpdatedIndex | undefined> {
  const locks = await import('fs-native-extensions').catch(() => undefined);
  return attempt(path, constants.O_RDWR | constants.O_CREAT, (descriptor) => {
    if (!isTrustedFor(csv, descriptor) || fstatSync(descriptor).nlink > 1) return undefined;
    if (!locks?.default.tryLock(descriptor, LOCKED, 1) || !wasIndex(firstPageOf(descriptor))) return undefined;
    const index = new IndexFile(descriptor, reads, () => {
      locks.default.unlock(descriptor, LOCKED, 1);
    });
    const isOf = index.isOf(csv);
    index.renew();
    return { index, isOf, state: index.stateOf(csv) };
  });
}

/** Makes an empty index that takes the place of the one at `path`, for a run that is to keep it. @throws what the file system does. */
export async function createIndex(path: string, reads: Reads): Promise<IndexFile> {
  const locks = await import('fs-native-extensions').catch(() => undefined);
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there && !(there.isFile() && isIndex(path))) throw new Error(`${path} was not written by lastfix: move it away`);
  const draft = draftOf(path);
  const descriptor = openSync(draft, 'wx+');
  try {
    locks?.default.tryLock(descriptor, LOCKED, 1);
    const index = new IndexFile(descriptor, reads);
    index.renew();
    index.stamp(NO_STAMP);
    renameSync(draft, path);
    return index;
  } catch (error) {
    closeSync(descriptor);
    rmSync(draft, { force: true });
    throw error;
  }
}

function isIndex(path: string): boolean {
  const descriptor = openSync(path, constants.O_RDONLY | ITSELF);
  try {
    return wasIndex(firstPageOf(descriptor));
  } finally {
    closeSync(descriptor);
  }
}

/** Whether an index is of who asks, or of who has the file that it is of. */
function isTrustedFor(csv: number | undefined, descriptor: number): boolean {
  const { uid } = fstatSync(descriptor);
  return isTrusted(uid) || (csv !== undefined && uid === fstatSync(csv).uid);
}

/**
 * Does something with an open file; `undefined`, and the file closed, if that or opening it fails, or it is not a
 * regular file: an index is a cache.
 */
function attempt<T>(path: string, flags: number, work: (descriptor: number) => T | undefined): T | undefined {
  let descriptor: number | undefined;
  let done: T | undefined;
  try {
    descriptor = openSync(path, flags | ITSELF);
    if (fstatSync(descriptor).isFile()) done = work(descriptor);
  } catch {
    done = undefined;
  }
  if (done === undefined && descriptor !== undefined) closeSync(descriptor);
  return done;
}
