import { stat } from 'node:fs/promises';
import { getHeapStatistics } from 'node:v8';
import { figure } from './words.js';

/** What a recording takes in memory, by its size on disk: measured on rows of 90 bytes in six columns. */
const MEMORY_PER_BYTE = 4.5;
const GIB = 2 ** 30;

/** A line to say before a recording is read that will hardly fit into the memory that Node.js may use. */
export async function memoryWarning(input: string): Promise<string | undefined> {
  const size = await stat(input).then((found) => found.size, () => 0); // what cannot be read is said by who reads it
  const needed = size * MEMORY_PER_BYTE;
  const limit = getHeapStatistics().heap_size_limit;
  if (needed < limit) return undefined;
  return `${input} needs about ${figure(needed / GIB)} GiB of memory, and Node.js may use ${figure(limit / GIB)}: if it fails, set NODE_OPTIONS=--max-old-space-size=${Math.ceil((needed * 1.2) / 2 ** 20)}`;
}
