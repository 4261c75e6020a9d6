import type { FileHandle } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';
import { shown } from '../domain/shown.js';

const BLOCK = 64 * 1024;
const LF = 10;

/**
 * What a file held when it was opened to be written again from its start: each part of it is to be compared
 * with what is written there, and is left behind then.
 */
export class ExistingBytes {
  readonly #path: string;
  readonly #handle: FileHandle;
  #from = 0;
  #size: number;

  constructor(path: string, handle: FileHandle, size: number) {
    this.#path = path;
    this.#handle = handle;
    this.#size = size;
  }

  /** How many bytes have not been compared yet. */
  get left(): number {
    return this.#size - this.#from;
  }

  /**
   * How many of the bytes that come next are there already. From the first on that is zero instead, as a file
   * system leaves it where a power cut kept it from writing, all is cut off.
   *
   * @throws FileError that shows the rows if anything else is there.
   */
  async compare(bytes: Buffer): Promise<number> {
    const there = await this.#read(this.#from, Math.min(bytes.length, this.left));
    let same = there.length;
    if (!there.equals(bytes.subarray(0, same))) {
      const foreign = there.findIndex((byte, i) => byte !== bytes[i] && byte !== 0);
      if (foreign >= 0) throw this.#differs(rowAround(there, foreign), rowAround(bytes, foreign));
      same = there.findIndex((byte, i) => byte !== bytes[i]);
      await this.#cut(this.#from + same);
    }
    this.#from += same;
    return same;
  }

  /** Cuts off what follows the last line end. */
  async cutTornLine(): Promise<void> {
    let end = this.#size;
    for (let lf = -1; lf < 0 && end > this.#from; ) {
      const from = Math.max(this.#from, end - BLOCK);
      lf = (await this.#read(from, end - from)).lastIndexOf(LF);
      end = from + lf + 1;
    }
    await this.#cut(end);
  }

  /** Cuts off what is left if it is zeros. */
  async cutZeros(): Promise<void> {
    for (let from = this.#from; from < this.#size; from += BLOCK) {
      const block = await this.#read(from, Math.min(BLOCK, this.#size - from));
      if (block.some((byte) => byte !== 0)) return;
    }
    await this.#cut(this.#from);
  }

  #differs(there: string, written: string): FileError {
    return new FileError(
      `${this.#path} holds the row ${there} where this run writes ${written}: it was changed since; restore it, or start anew without --resume`,
    );
  }

  async #cut(size: number): Promise<void> {
    if (size < this.#size) await FileError.attempt('write', this.#path, this.#handle.truncate(size));
    this.#size = size;
  }

  async #read(from: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    for (let at = 0; at < length; ) {
      const { bytesRead } = await FileError.attempt('read', this.#path, this.#handle.read(bytes, at, length - at, from + at));
      if (bytesRead === 0) throw new FileError(`${this.#path} shrank while it was resumed: let nothing else write it, and resume again`);
      at += bytesRead;
    }
    return bytes;
  }
}

function rowAround(bytes: Buffer, at: number): string {
  const start = bytes.subarray(0, at).lastIndexOf(LF) + 1;
  const end = bytes.indexOf(LF, at);
  return shown(bytes.subarray(start, end < 0 ? bytes.length : end).toString());
}
