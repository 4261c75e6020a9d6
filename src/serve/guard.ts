import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { shown } from '../domain/shown.js';
import { HttpError } from './HttpError.js';
import { isTilesFile } from './tilesFile.js';

export interface GuardOptions {
  /** What every request must bring. Default: nothing, and only requests for the loopback names are answered. */
  readonly token?: string | undefined;
  /** The map: `https://host/{z}/{x}/{y}.png`, from where the page may load tiles then, or the path of a PMTiles file. Default: none. */
  readonly tiles?: string | undefined;
  /** Origins whose pages may ask, listen and steer, too, such as `https://example.org`. Default: none. */
  readonly cors?: readonly string[] | undefined;
}

const COOKIE = 'lastfix_token';
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Refuses requests for another host, from another page, or without the token, and has browsers be strict. */
export function guard(app: FastifyInstance, { token, tiles, cors = [] }: GuardOptions): void {
  const images = tiles === undefined || isTilesFile(tiles) ? '' : ` ${originOf(tiles)}`;
  const policy = `default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:${images}; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    if (token === undefined) checkHost(request);
    else if (request.method !== 'OPTIONS' && !isToken(token, offered(request))) return letIn(token, request, reply); // browsers ask without it
    if (request.method === 'POST') checkOrigin(request, cors);
  });
}

/** From where tiles come; `{s}.` stands for any host of a domain. */
function originOf(tiles: string): string {
  const hosts = tiles.includes('//{s}.') ? '*.' : '';
  const { protocol, host } = new URL(tiles.replace('//{s}.', '//').replaceAll(/[{}]/g, ''));
  return `${protocol}//${hosts}${host}`;
}

/** Another site may have its name lead to this machine: its scripts then use that name. */
function checkHost({ headers: { host = '' } }: FastifyRequest): void {
  if (!LOOPBACK.has(host.toLowerCase().replace(/:\d{1,5}$/, '')))
    throw new HttpError(421, 'wrong-host', `the host ${shown(host)} is not served here: ask for localhost or 127.0.0.1`);
}

/** A browser names the page that it posts from; other programs name none. */
function checkOrigin({ headers: { host, origin, 'sec-fetch-site': site } }: FastifyRequest, others: readonly string[]): void {
  if (origin !== undefined && others.includes(origin)) return;
  const isOwn = (origin === undefined || origin === `http://${host}`) && (site === undefined || site === 'same-origin' || site === 'none');
  if (!isOwn)
    throw new HttpError(403, 'wrong-origin', `the page ${shown(String(origin))} may not control a replay: use the page of lastfix itself`);
}

/** The printed link gives the browser the token once, which keeps it where no script can read it. */
async function letIn(token: string, request: FastifyRequest, reply: FastifyReply) {
  const { token: given } = request.query as { readonly token?: unknown };
  if (request.routeOptions.url !== '/' || typeof given !== 'string' || !isToken(token, given)) {
    throw new HttpError(
      401,
      'no-token',
      'the token is missing or wrong: open the page with ?token=TOKEN once, or send the header Authorization: Bearer TOKEN',
    );
  }
  return reply.header('set-cookie', `${COOKIE}=${encodeURIComponent(token)}; HttpOnly; SameSite=Strict; Path=/`).redirect('/');
}

function offered({ headers: { authorization = '', cookie = '' } }: FastifyRequest): string {
  const bearer = /^Bearer (.+)$/i.exec(authorization)?.[1];
  return bearer ?? decoded(new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(cookie)?.[1] ?? '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not a token
  }
}

/** Takes the same time wherever they differ. */
function isToken(token: string, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(token), digest(given));
}
