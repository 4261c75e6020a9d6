import type { FileHandle } from 'node:fs/promises';
import { FileError } from '../../csv/FileError.js';
import { readChunks } from '../../csv/readChunks.js';
import type { Bytes } from './Bytes.js';

const CHUNK = 256 * 1024;

/** The bytes of an open file. */
export function fileBytes(name: string, handle: FileHandle): Bytes & { readonly handle: FileHandle } {
  return { name, again: true, handle, open: (taken) => chunksOf(name, readChunks(handle, CHUNK, 0), taken) };
}

/** The same chunks; `taken` is called with the size of each. @throws FileError if they cannot be read */
export async function* chunksOf(
  name: string,
  chunks: AsyncIterable<Buffer>,
  taken: (bytes: number) => void = () => undefined,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const chunk of chunks) {
      taken(chunk.length);
      yield chunk;
    }
  } catch (cause) {
    throw FileError.cannot('read', name, cause);
  }
}
