import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, type FileHandle } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';

/** No more characters than this are joined and written at once, unless one line has more. */
const MOST_AT_ONCE = 8 * 1024 * 1024;

/**
 * A file that only ever grows by whole lines. It is made under a name of its own and takes its path when it
 * is published, at once: who reads the file that was there before goes on reading that one.
 */
export class LineFile {
  readonly #handle: FileHandle;
  readonly #draft: string;
  #size = 0;

  private constructor(
    readonly path: string,
    handle: FileHandle,
    draft: string,
  ) {
    this.#handle = handle;
    this.#draft = draft;
  }

  /** Makes an empty file beside `path`. @throws FileError if that cannot be. */
  static async create(path: string): Promise<LineFile> {
    const draft = `${path}.${randomUUID()}`;
    return new LineFile(path, await FileError.attempt('write', path, open(draft, 'ax')), draft);
  }

  /** Takes the place of what was at the path, or at the end of its links. */
  async publish(): Promise<void> {
    const place = await realpath(this.path).catch(() => this.path); // nothing there: no links to follow
    await FileError.attempt('replace', this.path, rename(this.#draft, place));
  }

  /** Closes the file and takes it away, if it was not published. */
  async discard(): Promise<void> {
    await this.close();
    await rm(this.#draft, { force: true });
  }

  /** How many bytes it holds. */
  get size(): number {
    return this.#size;
  }

  /**
   * Appends whole lines; resolves when all of them are in the file, readable by anybody.
   *
   * One system call for up to 8 MiB, repeated for the rest if the system wrote less. If it fails, what was
   * written by it is cut off again, so that no half of a line stays behind.
   *
   * @throws FileError if it cannot be written, or has been deleted or replaced by another run.
   */
  async append(lines: readonly string[]): Promise<void> {
    for (let from = 0; from < lines.length; ) {
      let to = from;
      for (let length = 0; to < lines.length && (to === from || length + lines[to]!.length <= MOST_AT_ONCE); to++) length += lines[to]!.length;
      await this.#write(Buffer.from(lines.slice(from, to).join('')));
      from = to;
    }
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
    this.#size += bytes.length;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}
