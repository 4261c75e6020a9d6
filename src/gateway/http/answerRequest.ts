import type { IncomingMessage, ServerResponse } from 'node:http';
import { FileError } from '../../csv/FileError.js';
import { shown } from '../../domain/shown.js';
import { HttpError } from '../../serve/HttpError.js';
import { answerOf, Later, tooMuch, type Answer } from './Answer.js';
import type { GatewayContext } from './GatewayContext.js';
import { takeFixes } from './takeFixes.js';

/** Where fixes are taken, whatever their form: several, since programs have them in their settings. */
const INTAKES = ['/', '/fixes', '/owntracks', '/pub', '/traccar', '/osmand'];
const [HEALTH, METRICS] = ['/health', '/metrics'];
const SAFE = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };

/** Answers a request, whatever it is. */
export async function answerRequest(request: IncomingMessage, response: ServerResponse, context: GatewayContext): Promise<void> {
  const { pathname: path, search } = addressOf(request);
  const route = INTAKES.includes(path) ? 'fixes' : path === HEALTH ? 'health' : path === METRICS ? 'metrics' : 'other';
  const answer = await routed(route, request, path, search, context).catch((error: unknown): Answer => {
    if (error instanceof HttpError) return answerOf(error);
    context.onError(error);
    if (error instanceof FileError) return answerOf(new Later(503, 'no-stream', 'the stream did not take it: send it again later'));
    return answerOf(new HttpError(500, 'fault', 'this is a fault in lastfix, please report it'));
  });
  context.counts.request(route, answer.status);
  const { status, body, type = 'application/json; charset=utf-8', headers } = answer;
  const rest = request.complete && !context.isClosing() ? {} : { connection: 'close' }; // what is still to come is not waited for
  response.writeHead(status, { ...SAFE, 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers, ...rest }).end(body);
}

async function routed(route: string, request: IncomingMessage, path: string, query: string, context: GatewayContext): Promise<Answer> {
  const { method = '', headers } = request;
  if (route === 'other') throw new HttpError(404, 'not-found', `there is no ${method} ${shown(path.slice(0, 100))}: POST fixes to /`);
  const allowed = route === 'fixes' ? ['GET', 'POST'] : ['GET'];
  if (!allowed.includes(method)) throw new HttpError(405, 'wrong-method', `${method} is not for ${path}, which takes ${allowed.join(', ')}`);
  if (route === 'health') return health(context);
  const seconds = context.addresses?.wait(addressIn(request)) ?? 0;
  const isOwnTracks = headers['x-limit-d'] !== undefined;
  if (seconds > 0) throw tooMuch('this address asks more often than it may: ask again later', seconds, isOwnTracks);
  context.addresses?.take(addressIn(request), 1);
  if (!context.access.lets(headers.authorization))
    throw new HttpError(401, 'no-token', 'the token or the password is missing or wrong: send Authorization: Bearer TOKEN, or a user and a password');
  if (route === 'metrics') return { status: 200, body: context.metrics(), type: 'text/plain; version=0.0.4; charset=utf-8' };
  if (isOfPage(request)) throw new HttpError(403, 'wrong-origin', 'fixes are not taken from the pages of a browser');
  return takeFixes(request, path, query, context);
}

function health({ isReady, counts: { waiting } }: GatewayContext): Answer {
  const ready = isReady();
  return { status: ready ? 200 : 503, body: JSON.stringify({ ready, waiting }), ...(ready ? {} : { headers: { 'retry-after': '5' } }) };
}

/** Whether a page has a browser ask, which would send along what the browser knows. */
function isOfPage({ headers: { origin, 'sec-fetch-site': site } }: IncomingMessage): boolean {
  return origin !== undefined || (site !== undefined && site !== 'none' && site !== 'same-origin');
}

function addressIn({ socket }: IncomingMessage): string {
  return socket.remoteAddress ?? '';
}

/** The path and the query that are asked for: the query as it came. */
function addressOf({ url = '/' }: IncomingMessage): { readonly pathname: string; readonly search: string } {
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  return { pathname: path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path, search: at < 0 ? '' : url.slice(at + 1) };
}
