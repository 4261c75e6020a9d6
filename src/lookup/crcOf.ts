import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

const CHUNK = 1024 * 1024;

/** The CRC-32 of an open file up to a byte, by what it was up to another before; that of less, if the file ends there. */
export async function crcOf(file: FileHandle, from: number, to: number, crc: number): Promise<number> {
  const chunk = Buffer.allocUnsafe(Math.min(CHUNK, to - from));
  for (let at = from; at < to; ) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, to - at), at);
    if (bytesRead === 0) break;
    crc = crc32(chunk.subarray(0, bytesRead), crc);
    at += bytesRead;
  }
  return crc;
}
