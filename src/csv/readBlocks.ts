import { isUtf8 } from 'node:buffer';
import { open, type FileHandle } from 'node:fs/promises';
import { FileError } from './FileError.js';

const BLOCK = 256 * 1024;
const LF = 10;
const BOM = Buffer.from('\ufeff');
/** No row of a CSV file of fixes is longer: beyond it, a quote was left open or the file is no CSV. */
export const LONGEST_ROW = 64 * 1024 * 1024;

/** Whole lines of a file, and where they stand in it. */
export interface Block {
  readonly bytes: Buffer;
  /** Where they start, in bytes. */
  readonly start: number;
  /** The number of the first line, from 1. */
  readonly line: number;
  /** How many line ends there are. */
  readonly lines: number;
}

export interface ReadBlocksOptions {
  /** The file at the path, already open; it stays so. */
  readonly file?: FileHandle | undefined;
  /** Begin at this byte, where a line starts; lines are counted from there. Default: 0. */
  readonly start?: number;
  /** Read so many bytes at a time. Default: 256 KiB. */
  readonly blockSize?: number;
  /** Leave out what follows the last line end, as in a file that is still being written. Default: false. */
  readonly wholeLinesOnly?: boolean;
  /** Told of all bytes of the file, as they are read. */
  readonly seen?: ((chunk: Buffer) => void) | undefined;
  /** Ends the reading with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a UTF-8 file as blocks of whole lines, without its BOM; only the last may lack its line end.
 *
 * Holds one block of 256 KiB, or of one line if that is longer.
 *
 * @throws FileError if the file cannot be read, is empty, is not UTF-8, has a line over 64 MiB, or shrinks or
 * grows while it is read so that it ends in half a row.
 */
export async function* readBlocks(
  path: string,
  { file: opened, start = 0, blockSize = BLOCK, wholeLinesOnly = false, seen, signal }: ReadBlocksOptions = {},
): AsyncGenerator<Block, void, undefined> {
  const file = opened ?? (await FileError.attempt('read', path, open(path)));
  try {
    const { size } = await file.stat();
    let read = start;
    let given = start;
    let line = 1;
    let tail: Buffer[] = [];
    let tailLength = 0;
    const block = (read: Buffer): Block => {
      const bytes = given === 0 && read.indexOf(BOM) === 0 ? read.subarray(BOM.length) : read;
      given += read.length;
      if (!isUtf8(bytes)) throw notUtf8(path, line, bytes);
      let lines = 0;
      for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines++;
      line += lines;
      return { bytes, start: given - bytes.length, line: line - lines, lines };
    };
    for (;;) {
      const chunk = await readChunk(file, blockSize, opened || start > 0 ? read : null);
      signal?.throwIfAborted();
      if (chunk.length === 0) break;
      read += chunk.length;
      seen?.(chunk);
      const end = chunk.lastIndexOf(LF) + 1;
      if (end > 0) {
        yield block(Buffer.concat([...tail, chunk.subarray(0, end)]));
        tail = [];
        tailLength = 0;
      }
      if (end < chunk.length) tail.push(chunk.subarray(end));
      tailLength += chunk.length - end;
      if (tailLength > LONGEST_ROW) throw new FileError(`${path}:${line}: a line longer than 64 MiB: is this a CSV file?`);
    }
    if (read === 0) throw new FileError(`${path} is empty: it needs a header line at least`);
    if (read < size) throw new FileError(`${path} shrank from ${size} to ${read} bytes while it was read: try again when nothing writes to it`);
    if (tail.length > 0 && !wholeLinesOnly && size > 0 && read > size) throw new FileError(`${path} grew from ${size} to ${read} bytes while it was read, and ends in half a row: try again when nothing writes to it`);
    if (tail.length > 0 && !wholeLinesOnly) yield block(Buffer.concat(tail));
  } catch (cause) {
    throw cause instanceof FileError || signal?.aborted ? cause : FileError.cannot('read', path, cause);
  } finally {
    if (!opened) await file.close();
  }
}

async function readChunk(file: FileHandle, most: number, from: number | null): Promise<Buffer> {
  const chunk = Buffer.allocUnsafeSlow(most);
  const { bytesRead } = await file.read(chunk, 0, most, from); // a pipe has no places to read from
  return chunk.subarray(0, bytesRead);
}

function notUtf8(path: string, firstLine: number, bytes: Buffer): FileError {
  let line = firstLine;
  for (let from = 0, to; from < bytes.length; from = to, line++) {
    to = bytes.indexOf(LF, from) + 1 || bytes.length;
    if (!isUtf8(bytes.subarray(from, to))) break;
  }
  return new FileError(`${path}:${line}: not UTF-8 text: convert the file, for instance with iconv`);
}
