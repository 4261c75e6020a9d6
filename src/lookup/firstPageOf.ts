import { readSync } from 'node:fs';
import { PAGE } from './page.js';

/** The first page of an open index, or as much of it as there is. */
export function firstPageOf(descriptor: number): Buffer {
  const bytes = Buffer.alloc(PAGE);
  return bytes.subarray(0, readSync(descriptor, bytes, 0, PAGE, 0));
}
