import { constants } from 'node:fs';
import { open, realpath, rename, rm, type FileHandle } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';
import { checkRegular } from './checkRegular.js';
import { Held } from './Held.js';

/** No more characters than this are joined and written at once, unless one line has more. */
const MOST_AT_ONCE = 8 * 1024 * 1024;

/** Where a new file is, and where it is to be. */
interface Draft {
  readonly path: string;
  readonly place: string;
}

/**
 * A file that only ever grows by whole lines.
 *
 * A new one is made under a name of its own and takes its path when it is published, at once: who reads the
 * file that was there before goes on reading that one. One that is resumed is written again from its start:
 * what it holds already is compared with what it is given, and only what comes after that is written.
 */
export class LineFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #draft: Draft | undefined;
  readonly #held: Held | undefined;
  #size = 0;
  #written = 0;

  private constructor(path: string, handle: FileHandle, { draft, held }: { readonly draft?: Draft; readonly held?: Held }) {
    this.path = path;
    this.#handle = handle;
    this.#draft = draft;
    this.#held = held;
  }

  /** Where a file is made that is to take a place. */
  static draftOf(place: string): string {
    return `${place}.lastfix-new`;
  }

  /** Makes an empty file beside `path`, or beside the end of its links. @throws FileError if that cannot be. */
  static async create(path: string): Promise<LineFile> {
    const place = await realpath(path).catch(() => path); // nothing there: no links to follow
    const draft = { path: LineFile.draftOf(place), place };
    await checkRegular(draft.path);
    const { O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = constants; // a killed run may have left one
    return new LineFile(path, await FileError.attempt('write', path, open(draft.path, O_RDWR | O_CREAT | O_TRUNC | O_APPEND)), { draft });
  }

  /** Opens the file at `path`, or an empty one if there is none, to be written again. @throws FileError if that cannot be. */
  static async resume(path: string): Promise<LineFile> {
    const handle = await FileError.attempt('write', path, open(path, 'a+'));
    return new LineFile(path, handle, { held: new Held(path, handle, (await handle.stat()).size) });
  }

  /** Takes the place of what was at the path. */
  async publish(): Promise<void> {
    if (this.#draft) await FileError.attempt('replace', this.path, rename(this.#draft.path, this.#draft.place));
  }

  /** Closes the file and takes it away, if it was not published. */
  async discard(): Promise<void> {
    await this.close();
    if (this.#draft) await rm(this.#draft.path, { force: true });
  }

  /** How many bytes it holds of those that it was given. */
  get size(): number {
    return this.#size;
  }

  /** How many of them were not there before. */
  get written(): number {
    return this.#written;
  }

  /** How many bytes it holds that were not given to it yet, having been there when it was resumed. */
  get ahead(): number {
    return this.#held?.left ?? 0;
  }

  /** Cuts off what follows the last line end of what is ahead. */
  async cutTornLine(): Promise<void> {
    await this.#held?.cutTornLine();
  }

  /**
   * Appends whole lines; resolves when all of them are in the file, readable by anybody.
   *
   * One system call for up to 8 MiB, repeated for the rest if the system wrote less. If it fails, what was
   * written by it is cut off again, so that no half of a line stays behind.
   *
   * @throws FileError if it cannot be written, has been deleted or replaced by another run, or was resumed
   * and holds something else there.
   */
  async append(lines: readonly string[]): Promise<void> {
    for (let from = 0; from < lines.length; ) {
      let to = from;
      for (let length = 0; to < lines.length && (to === from || length + lines[to]!.length <= MOST_AT_ONCE); to++) length += lines[to]!.length;
      const bytes = Buffer.from(lines.slice(from, to).join(''));
      const there = this.ahead > 0 ? await this.#held!.compare(bytes) : 0;
      if (there < bytes.length) await this.#write(bytes.subarray(there));
      this.#size += bytes.length;
      from = to;
    }
  }

  /** Resolves when all that was appended has reached the disk. @throws FileError if it cannot. */
  async sync(): Promise<void> {
    await FileError.attempt('sync', this.path, this.#handle.datasync());
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #write(bytes: Buffer): Promise<void> {
    const { nlink } = await this.#handle.stat();
    if (nlink === 0) throw new FileError(`${this.path} was deleted or replaced while it was written: let one run at a time write it, and run again`);
    try {
      for (let at = 0; at < bytes.length; ) at += (await this.#handle.write(bytes, at)).bytesWritten;
    } catch (cause) {
      const failure = FileError.cannot('write', this.path, cause);
      await this.#handle.truncate(this.#size).catch((second: unknown) => {
        throw new FileError(`${failure.message}, nor cut off the half of a line that may be left at its end: ${(second as Error).message}`, { cause });
      });
      throw failure;
    }
    this.#written += bytes.length;
  }
}
