import { readFileSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { HttpError } from './HttpError.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** What is packed in the folder is served unpacked, by its name without this. */
const PACKED = '.gz';

/** Serves the files of the page: those that were in the folder at the start, by their names. Holds them all. */
export function pageFiles(app: FastifyInstance, folder: string): void {
  const names = isThere(folder) ? readdirSync(folder).filter((name) => extname(basename(name, PACKED)) in TYPES) : [];
  const files = new Map(names.map((name) => [basename(name, PACKED), bytesOf(join(folder, name))]));
  const fileOf = (name: string) => {
    const bytes = files.get(name);
    if (!bytes) throw new HttpError(404, 'not-found', 'the page has no such file');
    return { bytes, type: TYPES[extname(name)]! };
  };
  app.get('/', { schema: { hide: true } }, (_, reply) => {
    const { bytes, type } = fileOf('index.html');
    return reply.type(type).send(bytes);
  });
  app.get<{ Params: { name: string } }>('/page/:name', { schema: { hide: true } }, async ({ params }, reply) => {
    const { bytes, type } = fileOf(params.name);
    return reply.type(type).send(bytes);
  });
}

function bytesOf(path: string): Buffer {
  const bytes = readFileSync(path);
  return path.endsWith(PACKED) ? gunzipSync(bytes) : bytes;
}

function isThere(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false; // the API is served without the page
  }
}
