import type { FileHandle } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** What a gzip file starts with (RFC 1952). */
const GZIP = Buffer.from([0x1f, 0x8b]);

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

/** The same bytes, or what they are when they are unpacked, if they start as gzip does: `packed` is told then. */
export async function* unpacked(chunks: AsyncIterable<Buffer>, size: number, packed: () => void): AsyncGenerator<Buffer, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  while (start.length < GZIP.length) { // a pipe may give its first byte alone
    const next = await iterator.next();
    if (next.done) break;
    start = Buffer.concat([start, next.value]);
  }
  if (start.length === 0) return;
  async function* all() {
    try {
      yield start;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  if (!start.subarray(0, GZIP.length).equals(GZIP)) return yield* all();
  packed();
  const gunzip = createGunzip({ chunkSize: size });
  pipeline(Readable.from(all()), gunzip, () => undefined); // a failure reaches who reads it
  yield* gunzip as AsyncIterable<Buffer>;
}
