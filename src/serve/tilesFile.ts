import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { FileError } from '../csv/FileError.js';
import { shown } from '../domain/shown.js';
import { HttpError } from './HttpError.js';

/** Where the page finds the file. */
export const TILES_ADDRESS = '/tiles.pmtiles';

const MAGIC = 'PMTiles\u0003';

/** Whether tiles are a file of this machine, and not the address of a server. */
export const isTilesFile = (tiles: string): boolean => !/^https?:/i.test(tiles);

/** Makes sure that a file has tiles. @throws FileError if it has not */
export async function checkTiles(path: string): Promise<void> {
  const handle = await open(path).catch((cause: unknown) => { throw FileError.cannot('read', path, cause); });
  try {
    const { buffer } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0).catch((cause: unknown) => {
      throw FileError.cannot('read', path, cause);
    });
    if (buffer.toString('latin1') !== MAGIC)
      throw new FileError(`${path} is not a PMTiles file of version 3: give one that ends in .pmtiles, or the address of tiles`);
  } finally {
    await handle.close();
  }
}

/** Serves a file of tiles, any part of it. */
export function tilesFile(app: FastifyInstance, path: string): void {
  app.get(TILES_ADDRESS, { schema: { hide: true } }, async ({ headers: { range } }, reply) => {
    const { size, mtimeMs } = await stat(path).catch((cause: unknown) => { throw FileError.cannot('read', path, cause); });
    const [first, last] = partIn(range, size);
    reply.type('application/vnd.pmtiles').headers({
      'accept-ranges': 'bytes',
      'content-length': last - first + 1,
      etag: `"${size}-${mtimeMs}"`,
      ...(range === undefined ? {} : { 'content-range': `bytes ${first}-${last}/${size}` }),
    });
    return reply.code(range === undefined ? 200 : 206).send(createReadStream(path, { start: first, end: last }));
  });
}

/** The first and the last byte of the one part that is asked for; of the file if none is. @throws HttpError 416 */
function partIn(range: string | undefined, size: number): readonly [first: number, last: number] {
  if (range === undefined) return [0, size - 1];
  const [all, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
  const [first, last] = [Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1)];
  if (all !== undefined && first <= last) return [first, last];
  throw new HttpError(416, 'bad-request', `the range ${shown(range)} is not a part of ${size} bytes: ask for one like bytes=0-16383`);
}
