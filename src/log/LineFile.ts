import { constants } from 'node:fs';
import { open, realpath, rename, rm, type FileHandle } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';
import { shown } from '../domain/shown.js';

/** No more characters than this are joined and written at once, unless one line has more. */
const MOST_AT_ONCE = 8 * 1024 * 1024;
const BLOCK = 64 * 1024;
const LF = 10;

/**
 * A file that only ever grows by whole lines.
 *
 * A new one is made under a name of its own and takes its path when it is published, at once: who reads the
 * file that was there before goes on reading that one. One that is resumed is written again from its start:
 * what it holds already is compared with what it is given, and only what comes after that is written.
 */
export class LineFile {
  readonly #handle: FileHandle;
  /** Where a new file is, and where it is to be. */
  readonly #draft: { readonly path: string; readonly place: string } | undefined;
  /** How many bytes were given, and are in the file. */
  #size = 0;
  #written = 0;
  /** How many bytes the file had when it was resumed. */
  #held: number;

  private constructor(
    readonly path: string,
    handle: FileHandle,
    held: number,
    draft?: { readonly path: string; readonly place: string },
  ) {
    this.#handle = handle;
    this.#held = held;
    this.#draft = draft;
  }

  /** Where a file is made that is to take a place. */
  static draftOf(place: string): string {
    return `${place}.lastfix-new`;
  }

  /** Makes an empty file beside `path`, or beside the end of its links. @throws FileError if that cannot be. */
  static async create(path: string): Promise<LineFile> {
    const place = await realpath(path).catch(() => path); // nothing there: no links to follow
    const draft = LineFile.draftOf(place);
    const { O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = constants; // a killed run may have left one
    return new LineFile(path, await FileError.attempt('write', path, open(draft, O_RDWR | O_CREAT | O_TRUNC | O_APPEND)), 0, { path: draft, place });
  }

  /** Opens the file at `path`, or an empty one if there is none, to be written again. @throws FileError if that cannot be. */
  static async resume(path: string): Promise<LineFile> {
    const handle = await FileError.attempt('write', path, open(path, 'a+'));
    return new LineFile(path, handle, (await handle.stat()).size);
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
    return Math.max(0, this.#held - this.#size);
  }

  /** Cuts off what follows the last line end, as far as nothing was given for it yet. */
  async cutTornLine(): Promise<void> {
    let end = this.#held;
    for (let lf = -1; lf < 0 && end > this.#size; ) {
      const from = Math.max(this.#size, end - BLOCK);
      lf = (await this.#read(from, end - from)).lastIndexOf(LF);
      end = from + lf + 1;
    }
    await this.#cut(end);
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
      const whole = this.#size;
      await this.#write(bytes.subarray(await this.#compare(bytes)), whole);
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

  /** How many of the bytes, which are to be written next, the file holds there already. */
  async #compare(bytes: Buffer): Promise<number> {
    if (this.ahead === 0) return 0;
    const there = await this.#read(this.#size, Math.min(bytes.length, this.ahead));
    let same = there.length;
    if (!there.equals(bytes.subarray(0, same))) {
      same = there.findIndex((byte, i) => byte !== bytes[i]);
      if (there[same] !== 0) throw this.#unlike(there, bytes, same);
      await this.#cut(this.#size + same); // a file system may leave zeros where a power cut kept it from writing
    }
    this.#size += same;
    return same;
  }

  #unlike(there: Buffer, bytes: Buffer, at: number): FileError {
    const row = (of: Buffer) => shown(of.subarray(of.subarray(0, at).lastIndexOf(LF) + 1, of.indexOf(LF, at) + 1 || of.length).toString().trimEnd());
    return new FileError(`${this.path} holds the row ${row(there)} where this run writes ${row(bytes)}: it was changed since; put it right, or start anew without --resume`);
  }

  /** @param whole where to cut if it fails: at the end of a line */
  async #write(bytes: Buffer, whole: number): Promise<void> {
    if (bytes.length === 0) return;
    const { nlink } = await this.#handle.stat();
    if (nlink === 0) throw new FileError(`${this.path} was deleted or replaced while it was written: let one run at a time write it, and run again`);
    try {
      for (let at = 0; at < bytes.length; ) at += (await this.#handle.write(bytes, at)).bytesWritten;
    } catch (cause) {
      const failure = FileError.cannot('write', this.path, cause);
      await this.#handle.truncate(whole).catch((second: unknown) => {
        throw new FileError(`${failure.message}, nor cut off the half of a line that may be left at its end: ${(second as Error).message}`, { cause });
      });
      this.#size = whole;
      throw failure;
    }
    this.#size += bytes.length;
    this.#written += bytes.length;
  }

  async #cut(size: number): Promise<void> {
    if (size < this.#held) await FileError.attempt('write', this.path, this.#handle.truncate(size));
    this.#held = size;
  }

  /** Reads a part of the file that is there. */
  async #read(from: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    for (let at = 0; at < length; ) {
      const { bytesRead } = await FileError.attempt('read', this.path, this.#handle.read(bytes, at, length - at, from + at));
      if (bytesRead === 0) throw new FileError(`${this.path} shrank while it was resumed: let one run at a time write it, and resume again`);
      at += bytesRead;
    }
    return bytes;
  }
}
