import { constants, fstatSync, lstatSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { draftOf } from '../csv/draftOf.js';
import { FileError } from '../csv/FileError.js';
import { openRegular } from '../csv/openRegular.js';
import type { Stamp } from '../lookup/stamp.js';
import { ExistingBytes } from './ExistingBytes.js';

/** No more bytes than this are written at once, unless one line has more. */
const MAX_WRITE_BYTES = 8 * 1024 * 1024;
const LF = 10;

/**
 * A file that only ever grows by whole lines.
 *
 * A new one is made under a name of its own and takes its path when it is published, at once: who reads the
 * file that was there before goes on reading that one. No link is followed: one in its place is replaced. One that is
 * resumed is written again from its start:
 * what it holds already is compared with what it is given, and only what comes after that is written.
 */
export class LineFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #existing: ExistingBytes | undefined;
  /** Where it is: at a name of its own until it is published. */
  #place: string;
  #published: boolean;
  #size = 0;
  #written = 0;
  #crc = 0;
  #state: Stamp | undefined;
  #alone = true;

  private constructor(path: string, place: string, handle: FileHandle, existing?: ExistingBytes) {
    this.path = path;
    this.#place = place;
    this.#handle = handle;
    this.#existing = existing;
    this.#published = existing !== undefined;
  }

  /** Makes an empty file beside `path`. @throws FileError if that cannot be. */
  static async create(path: string): Promise<LineFile> {
    const draft = draftOf(path);
    return new LineFile(path, draft, await FileError.attempt('write', path, open(draft, 'ax')));
  }

  /**
   * Opens the file at `path`, or an empty one if there is none, to be written again.
   *
   * @throws FileError if that cannot be, or if it would change under another name too.
   */
  static async resume(path: string): Promise<LineFile> {
    const handle = await openRegular('write', path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT);
    const { size, nlink } = await handle.stat();
    if (nlink > 1) {
      await handle.close();
      throw new FileError(`${path} has another hard link, and would change there too: copy it, or start anew without --resume`);
    }
    const file = new LineFile(path, path, handle, new ExistingBytes(path, handle, size));
    file.#remember();
    return file;
  }

  /** Takes the place of what was at the path. */
  async publish(): Promise<void> {
    await FileError.attempt('replace', this.path, rename(this.#place, this.path));
    this.#place = this.path;
    this.#published = true;
    this.#remember();
  }

  /** Closes the file and takes it away, if it was not published. */
  async discard(): Promise<void> {
    await this.close();
    if (!this.#published) await rm(this.#place, { force: true });
  }

  /** How many bytes it holds of those that it was given. */
  get size(): number {
    return this.#size;
  }

  /** The CRC-32 of them. */
  get crc(): number {
    return this.#crc;
  }

  get descriptor(): number {
    return this.#handle.fd;
  }

  /** Its state when it was written last; `undefined` if somebody else was seen to change it, be it but its rights. */
  get state(): Stamp | undefined {
    return this.#alone ? this.#state : undefined;
  }

  /** How many of them were not there before. */
  get written(): number {
    return this.#written;
  }

  /** How many bytes it holds that were not given to it yet, having been there when it was resumed. */
  get ahead(): number {
    return this.#existing?.left ?? 0;
  }

  /** Cuts off what follows the last line end of what is ahead. */
  async cutTornLine(): Promise<void> {
    await this.#existing?.cutTornLine();
    this.#remember();
  }

  /** Cuts off what is ahead if it is zeros, as a power cut may leave them. */
  async cutZeros(): Promise<void> {
    await this.#existing?.cutZeros();
    this.#remember();
  }

  /**
   * Appends whole lines; resolves when all of them are in the file, readable by anybody. As `appendBytes`.
   */
  append(lines: readonly string[]): Promise<void> {
    return this.appendBytes(Buffer.concat(lines.map((line) => Buffer.from(line))));
  }

  /**
   * Appends the bytes of whole lines; resolves when all of them are in the file, readable by anybody.
   *
   * One system call for up to 8 MiB, repeated for the rest if the system wrote less. If it fails, what was
   * written by it is cut off again, so that no half of a line stays behind.
   *
   * @throws FileError if it cannot be written, is no longer at its place, was written by another, or was
   * resumed and holds something else there.
   */
  async appendBytes(lines: Buffer): Promise<void> {
    for (let from = 0, to; from < lines.length; from = to) {
      to = from + MAX_WRITE_BYTES >= lines.length ? lines.length : lines.lastIndexOf(LF, from + MAX_WRITE_BYTES - 1) + 1;
      if (to <= from) to = lines.indexOf(LF, from) + 1;
      const bytes = lines.subarray(from, to);
      const there = this.ahead > 0 ? await this.#existing!.compare(bytes) : 0;
      if (there < bytes.length) await this.#write(bytes, there);
      this.#size += bytes.length;
      this.#crc = crc32(bytes, this.#crc);
    }
  }

  /**
   * Makes sure that its place still leads to it, and that nobody else has written it.
   *
   * @param size how many bytes it must have
   * @throws FileError if it is not so
   */
  check(size = this.#size + this.ahead): void {
    const own = fstatSync(this.#handle.fd, { bigint: true });
    const there = stateOf(this.#place);
    if (own.ctimeNs !== this.#state?.ctimeNs) this.#alone = false;
    if (own.dev !== there?.dev || own.ino !== there.ino)
      throw new FileError(
        `${this.path} was deleted, moved or replaced while it was written: put it back and go on with --resume, or start anew`,
      );
    if (own.size !== BigInt(size))
      throw new FileError(
        `${this.path} was changed while it was written: it has ${own.size} instead of ${size} bytes; let nothing else write it, and check it with --resume`,
      );
  }

  /** Resolves when all that was appended has reached the disk. @throws FileError if it cannot. */
  async sync(): Promise<void> {
    await FileError.attempt('sync', this.path, this.#handle.datasync());
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  /** Writes what follows the bytes that are there already; cuts what it wrote if it fails, and what is there of a line. */
  async #write(bytes: Buffer, there: number): Promise<void> {
    this.check(this.#size + there);
    try {
      for (let at = there; at < bytes.length; ) at += (await this.#handle.write(bytes, at)).bytesWritten;
    } catch (cause) {
      const failure = FileError.cannot('write', this.path, cause);
      const whole = this.#size + bytes.subarray(0, there).lastIndexOf(LF) + 1;
      await this.#handle.truncate(whole).catch((second: unknown) => {
        throw new FileError(
          `${failure.message}, nor cut off the half of a line that may be left at its end: ${(second as Error).message}`,
          { cause },
        );
      });
      throw failure;
    }
    this.#written += bytes.length - there;
    this.#remember();
  }

  #remember(): void {
    this.#state = fstatSync(this.#handle.fd, { bigint: true });
  }
}

/** The state of what is at a path, if it can be found: asked at once, since to wait for that takes ten times as long. */
function stateOf(path: string) {
  try {
    return lstatSync(path, { bigint: true });
  } catch {
    return undefined; // which the caller says
  }
}
