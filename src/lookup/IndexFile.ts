import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, ftruncateSync, lstatSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { draftOf } from '../csv/draftOf.js';
import { isTrusted } from '../csv/isTrusted.js';
import { DamagedIndex } from './DamagedIndex.js';
import { PAGE } from './page.js';
import { FilePages } from './Pages.js';
import type { Reads } from './Reads.js';
import { Segment } from './Segment.js';
import { isStampOf, NO_STAMP, parseStamp, stampPage, wasIndex, type Stamp } from './stamp.js';

/** Within so many ns of a change, another may leave the same time: the clock of a file system ticks up to 10 ms apart. */
const TICK = 20_000_000n;
/** How often to look again for the stamp of a file that is just being written. */
const MAX_LOOKS = 3;
/** The one byte that is locked: far behind the end, since where locks are not advisory, others still are to read. */
const LOCKED = 2 ** 50;

/** Follow no link at the end of the path, and wait for nobody at the other end of a FIFO. Windows has neither flag. */
const ITSELF = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Where the index of a CSV file is. */
export function indexPath(csv: string): string {
  return `${csv}.index`;
}

/**
 * An index that is open: a page with a stamp, then segments, each with the rows that follow those of the one
 * before; one that starts further back takes the place of all that start there or later.
 */
export class IndexFile {
  /** Lets others bring it up to date. */
  readonly release: () => void;
  readonly #descriptor: number;
  readonly #reads: Reads;
  readonly #stamp = Buffer.alloc(PAGE);
  #pages: FilePages;
  /** That of the file when its segments were read. */
  #edition: bigint | undefined;
  #segments: { readonly segment: Segment; readonly at: number }[] = [];

  private constructor(descriptor: number, reads: Reads, release: () => void = () => undefined) {
    this.#descriptor = descriptor;
    this.#reads = reads;
    this.release = release;
    this.#pages = new FilePages(descriptor, reads);
  }

  /**
   * Opens the index at `path` for reading; `undefined` if there is none that can be read, or it is of somebody else
   * than who asks or has the open file that it is of: such a one could make it tell lies.
   */
  static open(path: string, reads: Reads, csv?: number): IndexFile | undefined {
    return attempt(path, constants.O_RDONLY, (descriptor) => {
      if (!isTrustedFor(csv, descriptor)) return undefined;
      const index = new IndexFile(descriptor, reads);
      index.#load();
      return index;
    });
  }

  /**
   * Opens the index at `path`, or makes one, to bring it up to date with an open file: nobody else can until it
   * is `release`d. Takes its stamp away.
   *
   * @returns also what `isOf` and `stateOf` gave; `undefined` if a run or a question is writing it, if there is
   * no right or room to, if the file at `path` is none or has another name, or if it is of somebody else, as for `open`.
   */
  static async openToUpdate(
    path: string,
    csv: number,
    reads: Reads,
  ): Promise<{ readonly index: IndexFile; readonly isOf: boolean; readonly state: Stamp } | undefined> {
    const locks = await import('fs-native-extensions').catch(() => undefined);
    return attempt(path, constants.O_RDWR | constants.O_CREAT, (descriptor) => {
      if (!isTrustedFor(csv, descriptor) || fstatSync(descriptor).nlink > 1) return undefined;
      if (!locks?.default.tryLock(descriptor, LOCKED, 1) || !wasIndex(startOf(descriptor))) return undefined;
      const index = new IndexFile(descriptor, reads, () => {
        locks.default.unlock(descriptor, LOCKED, 1);
      });
      index.#load();
      const isOf = index.isOf(csv);
      index.#edition = newEdition();
      return { index, isOf, state: index.stateOf(csv) };
    });
  }

  /** Makes an empty index that takes the place of the one at `path`, for a run that is to keep it. @throws what the file system does. */
  static async create(path: string, reads: Reads): Promise<IndexFile> {
    const locks = await import('fs-native-extensions').catch(() => undefined);
    const there = lstatSync(path, { throwIfNoEntry: false });
    if (there && !(there.isFile() && isIndex(path))) throw new Error(`${path} was not written by lastfix: move it away`);
    const draft = draftOf(path);
    const descriptor = openSync(draft, 'wx+');
    try {
      locks?.default.tryLock(descriptor, LOCKED, 1);
      const index = new IndexFile(descriptor, reads);
      index.#edition = newEdition();
      index.stamp(NO_STAMP);
      renameSync(draft, path);
      return index;
    } catch (error) {
      closeSync(descriptor);
      rmSync(draft, { force: true });
      throw error;
    }
  }

  /** Its segments, which have the rows of the file from its start on, one after the other. */
  get segments(): readonly Segment[] {
    return this.#segments.map(({ segment }) => segment);
  }

  /** Whether the open file is in the state in which it was last known to go with this index. */
  isOf(csv: number): boolean {
    for (let look = 0; look < MAX_LOOKS; look++) {
      const file = fstatSync(csv, { bigint: true });
      const stamped = parseStamp(startOf(this.#descriptor));
      if (stamped && stamped.edition === this.#edition && isStampOf(stamped.state, file)) return true;
    }
    return false;
  }

  /** Leaves the first segments, and takes the others away. */
  keep(count: number): void {
    this.#segments.length = count;
    ftruncateSync(this.#descriptor, this.#end * PAGE);
    this.#pages = new FilePages(this.#descriptor, this.#reads);
  }

  /** Appends a segment. @throws what the file system does. */
  append(bytes: Buffer): Segment {
    const at = this.#end;
    this.#write(bytes, at);
    const segment = new Segment(this.#pages, at);
    this.#add(segment, at);
    return segment;
  }

  /** Notes that it goes with a file in this state. */
  stamp(state: Stamp): void {
    this.#write(stampPage(this.#stamp, state, this.#edition!), 0);
  }

  /**
   * The state of the open file, to be stamped when it is known to go with this index in it; none if it was
   * changed so shortly before that it could be changed again and yet seem the same.
   */
  stateOf(csv: number): Stamp {
    this.stamp(NO_STAMP); // so that the file system says what time it is
    const state = fstatSync(csv, { bigint: true });
    return fstatSync(this.#descriptor, { bigint: true }).ctimeNs - state.ctimeNs > TICK ? state : NO_STAMP;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  get #end(): number {
    const last = this.#segments.at(-1);
    return last ? last.at + last.segment.length : 1;
  }

  #load(): void {
    this.#edition = parseStamp(startOf(this.#descriptor))?.edition;
    const count = Math.floor(fstatSync(this.#descriptor).size / PAGE);
    try {
      for (let at = 1; at < count;) {
        const segment = new Segment(this.#pages, at);
        if (at + segment.length > count || !this.#add(segment, at)) break;
        at += segment.length;
      }
    } catch (error) {
      if (!(error instanceof DamagedIndex)) throw error; // up to there, it can be used
    }
  }

  /** Adds a segment, if it follows. */
  #add(segment: Segment, at: number): boolean {
    const before = this.#segments.findIndex(({ segment: { from } }) => from >= segment.from);
    const kept = before < 0 ? this.#segments : this.#segments.slice(0, before);
    if ((kept.at(-1)?.segment.to ?? 0) !== segment.from || segment.to <= segment.from) return false;
    this.#segments = [...kept, { segment, at }];
    return true;
  }

  #write(bytes: Buffer, page: number): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor, bytes, at, bytes.length - at, page * PAGE + at);
  }
}

function newEdition(): bigint {
  return randomBytes(8).readBigUInt64LE();
}

function startOf(descriptor: number): Buffer {
  const bytes = Buffer.alloc(PAGE);
  return bytes.subarray(0, readSync(descriptor, bytes, 0, PAGE, 0));
}

function isIndex(path: string): boolean {
  const descriptor = openSync(path, constants.O_RDONLY | ITSELF);
  try {
    return wasIndex(startOf(descriptor));
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
