import type { FastifyReply, FastifyRequest } from 'fastify';
import { originFault } from './originFault.js';
import { varyBy } from './varyBy.js';

/** For how long a browser need not ask again whether a page may ask, in seconds. */
const MAX_AGE = 600;
const REQUEST_HEADERS = 'Authorization, Content-Type, Last-Event-ID';

/**
 * Has browsers let the pages of some origins, and no others, read every answer, failures too, and send the token (CORS).
 *
 * @returns adds to a reply what browsers need for that
 * @throws TypeError if one is not an origin
 */
export function otherPages(origins: readonly string[] = []): (request: FastifyRequest, reply: FastifyReply) => void {
  for (const fault of origins.map(originFault)) if (fault !== undefined) throw new TypeError(fault);
  const allowed = new Set(origins);
  return ({ method, headers: { origin } }, reply) => {
    if (allowed.size > 0) varyBy(reply, 'Origin');
    if (origin === undefined || !allowed.has(origin)) return;
    reply.headers({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'Content-Disposition',
    });
    if (method === 'OPTIONS') reply.headers({ 'access-control-allow-headers': REQUEST_HEADERS, 'access-control-max-age': String(MAX_AGE) });
  };
}
