import type { FileHandle } from 'node:fs/promises';
import { FileError } from '../../csv/FileError.js';
import { temporaryFile } from '../order/temporaryFile.js';
import type { Bytes } from './Bytes.js';
import { fileBytes } from './fileBytes.js';
import type { PartOptions } from './PartOptions.js';

/**
 * Bytes that are a file: all others are put into a temporary one. `taken` is called with the size of each chunk.
 *
 * @throws FileError if there is no room
 */
export async function spooled(
  bytes: Bytes,
  { tmp, closing, taken, signal }: PartOptions,
): Promise<Bytes & { readonly handle: FileHandle }> {
  if (bytes.handle) return { ...bytes, handle: bytes.handle };
  const handle = await temporaryFile(tmp, 0);
  closing.push(handle);
  let size = 0;
  for await (const chunk of bytes.open(taken)) {
    signal?.throwIfAborted();
    for (let at = 0; at < chunk.length; )
      at += (await FileError.attempt('write a temporary file in', tmp, handle.write(chunk, at, chunk.length - at, size + at))).bytesWritten;
    size += chunk.length;
  }
  return fileBytes(bytes.name, handle);
}
