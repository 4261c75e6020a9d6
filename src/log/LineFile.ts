import { open, type FileHandle } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';

/** A file that only ever grows by whole lines. */
export class LineFile {
  readonly #handle: FileHandle;
  #size = 0;

  private constructor(
    readonly path: string,
    handle: FileHandle,
  ) {
    this.#handle = handle;
  }

  /** Opens a file for appending and leaves what it holds; creates it if there is none. */
  static async open(path: string): Promise<LineFile> {
    return new LineFile(path, await FileError.attempt('write', path, open(path, 'a')));
  }

  /** How many bytes it holds, since it was cleared. */
  get size(): number {
    return this.#size;
  }

  /** Empties the file. */
  async clear(): Promise<void> {
    await this.#handle.truncate(0);
    this.#size = 0;
  }

  /**
   * Appends whole lines; resolves when all of them are in the file, readable by anybody.
   *
   * One system call, repeated for the rest if the system wrote less. If it fails, what was written of the
   * lines is cut off again, so that no half of one stays behind.
   *
   * @throws FileError if it cannot be written.
   */
  async append(lines: string): Promise<void> {
    const bytes = Buffer.from(lines);
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
