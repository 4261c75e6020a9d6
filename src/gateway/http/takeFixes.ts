import type { IncomingMessage } from 'node:http';
import { HttpError } from '../../serve/HttpError.js';
import type { Taken } from '../Intake.js';
import { readBody } from '../read/readBody.js';
import { readQuery } from '../read/readQuery.js';
import type { Received } from '../read/Received.js';
import { Later, tooMuch, type Answer } from './Answer.js';
import { bodyOf } from './bodyOf.js';
import { checkKind } from './checkKind.js';
import type { GatewayContext } from './GatewayContext.js';

const LF = 10;
/** So many lines that are not fixes are named in an answer. */
const MAX_NAMED = 100;

/** Takes the fixes of a request, and answers when the stream has them. @throws HttpError */
export async function takeFixes(request: IncomingMessage, path: string, query: string, context: GatewayContext): Promise<Answer> {
  const { intake, most, deadlines } = context;
  if (intake.isFull()) throw full();
  const received = request.method === 'GET' ? fromQuery(query, context) : await fromBody(request, path, query, context);
  if (intake.isFull()) throw full(); // others came meanwhile
  if (received.length > most.lines) throw tooMany(most.lines);
  limit(received, context);
  const taken = await deadlines.within(intake.take(received, 'http'));
  return isOfOwnTracks(received, path) && taken.rejected.length === 0 ? { status: 200, body: '[]' } : answer(taken);
}

function full(): Later {
  return new Later(503, 'full', 'the stream takes nothing at the moment, and no more can be kept for it: send it again later');
}

function fromQuery(query: string, { reading }: GatewayContext): Received[] {
  if (query === '') throw new HttpError(400, 'bad-request', 'a fix is missing: POST it, or GET /?id=…&lat=…&lon=…&timestamp=…&speed=…');
  return [readQuery(query, reading)];
}

async function fromBody(request: IncomingMessage, path: string, query: string, context: GatewayContext): Promise<Received[]> {
  const { reading, most, bodies } = context;
  const { headers } = request;
  const bytes = await bodyOf(request, most.bytes, bodies);
  const parameters = query === '' ? undefined : new URLSearchParams(query);
  const beside = {
    user: textOf(headers['x-limit-u']) ?? parameters?.get('u') ?? undefined,
    device: textOf(headers['x-limit-d']) ?? parameters?.get('d') ?? undefined,
  };
  if (bytes.length === 0 && parameters?.has('lat')) return [readQuery(query, reading)];
  if (bytes.length === 0 && (beside.device !== undefined || path === '/owntracks')) return []; // as it sends them now and then
  if (bytes.length === 0) throw new HttpError(400, 'bad-request', 'the body is empty: send a fix as JSON');
  const kind = checkKind(headers);
  if (hasMoreLines(bytes, most.lines)) throw tooMany(most.lines);
  return readBody(bytes, { ...reading, beside, isLines: kind === 'lines', isForm: kind === 'form' });
}

function hasMoreLines(bytes: Buffer, most: number): boolean {
  if (bytes.length <= most) return false;
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0 && lines <= most; at = bytes.indexOf(LF, at + 1)) lines++;
  return lines > most;
}

function tooMany(most: number): HttpError {
  return new HttpError(413, 'too-large', `the body has more than ${most} lines: send it in parts`);
}

/** A header as it was meant: what may not stand in one is percent-encoded. */
function textOf(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string') return header?.[0];
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}

/** Refuses what has a device that sent too much. */
function limit(received: readonly Received[], { devices }: GatewayContext): void {
  if (!devices) return;
  const counts = new Map<string, number>();
  for (const one of received) if (one.kind === 'fix') counts.set(one.fix.device, (counts.get(one.fix.device) ?? 0) + 1);
  const seconds = Math.max(0, ...[...counts.keys()].map((device) => devices.wait(device)));
  const isOwnTracks = received.some((one) => one.kind === 'fix' && one.form === 'owntracks');
  if (seconds > 0) throw tooMuch('a device sends more fixes than it may: send them again later', seconds, isOwnTracks);
  for (const [device, count] of counts) devices.take(device, count);
}

/** Whether OwnTracks sent it, which takes an answer for a list of commands. */
function isOfOwnTracks(received: readonly Received[], path: string): boolean {
  if (received.length === 0) return true;
  return received.every((one) => (one.kind === 'fix' ? one.form === 'owntracks' : one.kind === 'dropped')) || path === '/owntracks';
}

function answer({ fixes, dropped, rejected }: Taken): Answer {
  return {
    status: rejected.length > 0 && fixes + dropped === 0 ? 400 : 200,
    body: JSON.stringify({
      fixes,
      ...(dropped > 0 ? { dropped } : {}),
      ...(rejected.length > 0 ? { rejected: rejected.length, errors: rejected.slice(0, MAX_NAMED) } : {}),
    }),
  };
}
