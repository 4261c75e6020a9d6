import { shown } from '../../domain/shown.js';
import type { Carried } from '../Carrier.js';

/** What is 4xx, and yet means that it may be taken later: timeout, too early, too many requests. */
const LATER = [408, 425, 429];
const TOO_LARGE = 413;
/** So many characters of what a server says are repeated. */
const MAX_SAID = 200;

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly reason: string;
  /** The beginning of its body. */
  readonly body: string;
  /** The header of that name. */
  readonly retryAfter: string | undefined;
  readonly location: string | undefined;
}

/** What an answer of a server means, by its status. */
export function httpAnswer({ status, reason, body, retryAfter, location }: HttpAnswer): Carried {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  const told = `${status} ${reason}`.trim();
  if (status >= 500 || LATER.includes(status)) {
    const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : 0;
    return { kind: 'again', reason: told, after: 1000 * seconds };
  }
  const [line = ''] = body.trim().split(/[\r\n]/, 1);
  const said = location === undefined ? line.slice(0, MAX_SAID) : `it has moved to ${shown(location)}`;
  return { kind: status === TOO_LARGE ? 'too large' : 'refused', reason: said === '' ? told : `${told}: ${said}` };
}
