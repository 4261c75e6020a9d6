import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acceptedOf } from './acceptedOf.js';
import { HttpError } from './HttpError.js';
import { varyBy } from './varyBy.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** What is packed in the folder is served by its name without this: packed to who takes it so, and else unpacked. */
const PACKED = '.gz';

interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly isPacked: boolean;
  /** Says which version of the file it is, whether packed or not (RFC 9110, 8.8.3). */
  readonly tag: string;
}

/**
 * Serves the files of the page: those that were in the folder at the start, by their names. A browser may keep them, and asks
 * each time whether they are still the same. Holds them all, as they are in the folder.
 */
export function pageFiles(app: FastifyInstance, folder: string): void {
  const names = isThere(folder) ? readdirSync(folder).filter((name) => extname(basename(name, PACKED)) in TYPES) : [];
  const files = new Map(names.map((name) => [basename(name, PACKED), fileIn(folder, name)]));
  const answer = ({ headers }: FastifyRequest, reply: FastifyReply, name: string) => {
    const file = files.get(name);
    if (!file) throw new HttpError(404, 'not-found', 'the page has no such file');
    const { type, bytes, isPacked, tag } = file;
    reply.headers({ 'cache-control': 'no-cache', 'etag': tag });
    varyBy(reply, 'Accept-Encoding');
    if (headers['if-none-match']?.includes(opaqueIn(tag))) return reply.code(304).send();
    reply.type(type);
    if (!isPacked) return reply.send(bytes);
    return isGzipTaken(headers['accept-encoding']) ? reply.header('content-encoding', 'gzip').send(bytes) : reply.send(gunzipSync(bytes));
  };
  app.get('/', { schema: { hide: true } }, (request, reply) => answer(request, reply, 'index.html'));
  app.get<{ Params: { name: string } }>('/page/:name', { schema: { hide: true } }, (request, reply) => answer(request, reply, request.params.name));
}

function fileIn(folder: string, name: string): PageFile {
  const bytes = readFileSync(join(folder, name));
  const isPacked = name.endsWith(PACKED);
  const tag = `W/"${createHash('sha256').update(bytes).digest('base64url')}"`;
  return { type: TYPES[extname(basename(name, PACKED))]!, bytes, isPacked, tag };
}

/** What of a tag is compared: a proxy may have made it another kind of tag on the way (RFC 9110, 8.8.3.2). */
function opaqueIn(tag: string): string {
  return tag.slice(tag.indexOf('"'));
}

function isGzipTaken(accepted = ''): boolean {
  return accepted !== '' && acceptedOf(accepted, ['gzip']) !== undefined; // who names nothing is sent it unpacked
}

function isThere(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false; // the API is served without the page
  }
}
