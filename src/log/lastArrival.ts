import { open } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';
import { formatInstant, parseInstant, type Instant } from '../domain/instant.js';

const FIRST_LOOK = 64 * 1024;
const TIME = formatInstant(0).length;

/**
 * The arrival time of the last row of a log or late file, found from its end; `undefined` if there is none.
 * Holds the end of the file, from that row on.
 */
export async function lastArrival(path: string): Promise<Instant | undefined> {
  const file = await FileError.attempt('read', path, open(path));
  try {
    const { size } = await file.stat();
    for (let look = FIRST_LOOK; ; look *= 4) {
      const from = Math.max(0, size - look);
      const end = Buffer.alloc(size - from);
      await FileError.attempt('read', path, file.read(end, 0, end.length, from));
      const lines = end.toString('latin1').split('\n').slice(from === 0 ? 0 : 1); // the first may lack its beginning
      const row = lines.findLast((line) => line[TIME] === ',' && parseInstant(line.slice(0, TIME)) !== undefined);
      if (row !== undefined) return parseInstant(row.slice(0, TIME));
      if (from === 0) return undefined;
    }
  } finally {
    await file.close();
  }
}
