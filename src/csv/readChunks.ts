import type { FileHandle } from 'node:fs/promises';

/**
 * The bytes of an open file from a place on, or, without one, of a pipe, as they are asked for. The next of a file
 * are being read while some are used; of a pipe they are not, since that may take for ever.
 */
export async function* readChunks(file: FileHandle, size: number, start: number | null): AsyncGenerator<Buffer, void, undefined> {
  let at = start;
  const next = async () => {
    const chunk = Buffer.allocUnsafeSlow(size);
    const { bytesRead } = await file.read(chunk, 0, size, at);
    if (at !== null) at += bytesRead;
    return chunk.subarray(0, bytesRead);
  };
  let reading: Promise<Buffer> | undefined;
  try {
    for (;;) {
      const chunk = await (reading ?? next());
      reading = undefined;
      if (chunk.length === 0) return;
      if (at !== null) reading = next();
      reading?.catch(() => undefined); // that it failed is said when it is awaited
      yield chunk;
    }
  } finally {
    await reading?.catch(() => undefined); // nobody wants it any more, but the file may be closed only then
  }
}
