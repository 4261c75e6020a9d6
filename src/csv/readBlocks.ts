import { isUtf8 } from 'node:buffer';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Block } from './Block.js';
import { FileError } from './FileError.js';
import { foreignKind } from './foreignKind.js';
import { openRegular } from './openRegular.js';
import { readChunks } from './readChunks.js';
import { textDecoder, type Decode } from './textDecoder.js';

const BLOCK = 256 * 1024;
const LF = 10;
export const MEBIBYTE = 2 ** 20;
const BOM = Buffer.from('\ufeff');
/** The encoding that the mark says with which a text begins. */
export const AUTO = 'auto';
/** No row of a CSV file of fixes is longer: beyond it, a quote was left open or the file is no CSV. */
export const LONGEST_ROW = 64 * MEBIBYTE;

export interface ReadBlocksOptions {
  /** The file at the path, already open; it stays so. */
  readonly file?: FileHandle | undefined;
  /** Read only a regular file that stands at the path itself, as `openRegular` does. Default: false. */
  readonly regular?: boolean;
  /** What to read in the place of a file: the path is only its name. */
  readonly chunks?: AsyncIterable<Buffer> | undefined;
  /** Make UTF-8 of what is in this encoding, as `TextDecoder` knows them; of `auto`, if it begins with a mark of UTF-16. Default: none. */
  readonly encoding?: string | undefined;
  /** Called before the first block if that encoding is `auto`, and there is such a mark. */
  readonly marked?: (() => void) | undefined;
  /** Give blocks that are not UTF-8, too. Default: false. */
  readonly anyText?: boolean;
  /** Begin at this byte, where a line starts; lines are counted from there. Default: 0. */
  readonly start?: number;
  /** Read so many bytes at a time. Default: 256 KiB. */
  readonly blockSize?: number;
  /** Refuse rows of more than so many bytes: 64 MiB, unless fewer. */
  readonly longest?: number | undefined;
  /** Leave out what follows the last line end, as in a file that is still being written. Default: false. */
  readonly wholeLinesOnly?: boolean;
  /** Told how many bytes have been taken from the file. */
  readonly taken?: ((bytes: number) => void) | undefined;
  /** Told of all bytes of the file, as they are read. */
  readonly seen?: ((chunk: Buffer) => void) | undefined;
  /** Ends the reading with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a UTF-8 file as blocks of whole lines, without its BOM; only the last may lack its line end. A line that stands across
 * two of them is one of its own.
 *
 * Holds two blocks of 256 KiB, or of one line if that is longer.
 *
 * @throws FileError if the file cannot be read, is empty, is of a kind that is no text, is not UTF-8, has a line over
 * `longest`, or shrinks or grows while it is read so that it ends in half a row.
 */
export async function* readBlocks(
  path: string,
  {
    file: opened,
    regular = false,
    chunks: given,
    encoding,
    marked,
    anyText = false,
    start = 0,
    blockSize = BLOCK,
    longest = LONGEST_ROW,
    wholeLinesOnly = false,
    taken,
    seen,
    signal,
  }: ReadBlocksOptions = {},
): AsyncGenerator<Block, void, undefined> {
  const file = given
    ? undefined
    : (opened ?? (await (regular ? openRegular('read', path, constants.O_RDONLY) : FileError.attempt('read', path, open(path)))));
  try {
    const found = await file?.stat();
    const size = found?.size ?? 0;
    const chunks = counted(given ?? readChunks(file!, blockSize, found!.isFile() ? start : null), taken);
    let read = start;
    let decoded = start; // how many bytes have become UTF-8
    let decode: Decode | undefined;
    let line = 1;
    let last: Block | undefined;
    let tail: Buffer[] = [];
    let tailLength = 0;
    const block = (bytes: Buffer): Block => {
      line += last?.lines ?? 0;
      const from = decoded - tailLength - bytes.length;
      const text = from === 0 && bytes.indexOf(BOM) === 0 ? bytes.subarray(BOM.length) : bytes;
      if (!anyText && !isUtf8(text)) throw notUtf8(path, line, text);
      return (last = new Block(text, from + bytes.length - text.length, line));
    };
    function* cut(chunk: Buffer): Generator<Block, void, undefined> {
      decoded += chunk.length;
      const end = chunk.lastIndexOf(LF) + 1;
      if (end > 0) {
        const from = tail.length > 0 ? chunk.indexOf(LF) + 1 : 0;
        if (from > 0) {
          const line = Buffer.concat([...tail, chunk.subarray(0, from)]); // that line alone, so that the others are not copied
          tailLength = chunk.length - from;
          yield block(line);
        }
        tail = end < chunk.length ? [chunk.subarray(end)] : [];
        tailLength = chunk.length - end;
        if (end > from) yield block(chunk.subarray(from, end));
      } else {
        tail.push(chunk);
        tailLength += chunk.length;
      }
    }
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      if (read === 0) {
        decode = encoding === undefined ? undefined : textDecoder(chunk, encoding === AUTO ? undefined : encoding);
        if (decode && encoding === AUTO) marked?.();
        const foreign = decode ? undefined : foreignKind(chunk);
        if (foreign !== undefined) throw new FileError(`${path} is ${foreign}`);
      }
      read += chunk.length;
      seen?.(chunk);
      yield* cut(decode ? decode(chunk) : chunk);
      if (tailLength > longest)
        throw new FileError(`${path}:${line + (last?.lines ?? 0)}: a line longer than ${longest / MEBIBYTE} MiB: is this a CSV file?`);
    }
    if (decode) yield* cut(decode());
    signal?.throwIfAborted();
    if (read === 0) throw new FileError(`${path} is empty: it needs a header line at least`);
    if (read < size)
      throw new FileError(`${path} shrank from ${size} to ${read} bytes while it was read: try again when nothing writes to it`);
    if (tail.length > 0 && !wholeLinesOnly && size > 0 && read > size)
      throw new FileError(
        `${path} grew from ${size} to ${read} bytes while it was read, and ends in half a row: try again when nothing writes to it`,
      );
    if (tail.length > 0 && !wholeLinesOnly) {
      const rest = Buffer.concat(tail);
      tailLength = 0;
      yield block(rest);
    }
  } catch (cause) {
    throw cause instanceof FileError || signal?.aborted ? cause : FileError.cannot('read', path, cause);
  } finally {
    if (!opened) await file?.close();
  }
}

async function* counted(chunks: AsyncIterable<Buffer>, taken: ReadBlocksOptions['taken']): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of chunks) {
    taken?.(chunk.length);
    yield chunk;
  }
}

function notUtf8(path: string, firstLine: number, bytes: Buffer): FileError {
  let line = firstLine;
  for (let from = 0, to; from < bytes.length; from = to, line++) {
    to = bytes.indexOf(LF, from) + 1 || bytes.length;
    if (!isUtf8(bytes.subarray(from, to))) break;
  }
  if (bytes.includes(0)) return new FileError(`${path}:${line}: this is not text: lastfix reads CSV`);
  return new FileError(
    `${path}:${line}: this is not UTF-8 text: convert the file; if it is Windows text, with iconv -f WINDOWS-1252 -t UTF-8`,
  );
}
