import { readSync } from 'node:fs';

const MAX_BYTES = 256;

/** Some of the last bytes of an open file before one: by them the place is known again, should another file be written over it. */
export function bytesBefore(descriptor: number, to: number): Buffer {
  const bytes = Buffer.alloc(Math.min(MAX_BYTES, to));
  return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, to - bytes.length));
}
