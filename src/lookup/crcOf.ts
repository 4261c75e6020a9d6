import { readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const CHUNK = 1024 * 1024;

/** The CRC-32 of an open file up to a byte, by what it was up to another before; that of less, if the file ends there. */
export function crcOf(descriptor: number, from: number, to: number, crc: number): number {
  const chunk = Buffer.allocUnsafe(Math.min(CHUNK, to - from));
  for (let at = from; at < to; ) {
    const read = readSync(descriptor, chunk, 0, Math.min(chunk.length, to - at), at);
    if (read === 0) break;
    crc = crc32(chunk.subarray(0, read), crc);
    at += read;
  }
  return crc;
}
