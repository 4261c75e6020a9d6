import { catchError, switchMap, type Observable } from 'rxjs';
import { fromFetch } from 'rxjs/fetch';
import { Refused } from './Refused.js';
import { Unanswered } from './Unanswered.js';

/** Asks the server a question: its path, its parameters (those that are `undefined` are left out), and how. */
export type Ask = <T>(path: string, asked?: Record<string, string | number | undefined>, init?: RequestInit) => Observable<T>;

/**
 * Asks the server for JSON.
 *
 *     result   ---(a|)     unsubscribing before that aborts the request
 *
 * Errors: `Unanswered`, or `Refused` with the server's own words where it has some, else the status.
 */
export const getJson: Ask = <T>(path: string, asked: Record<string, string | number | undefined> = {}, init: RequestInit = {}) => {
  const given = Object.entries(asked).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)] as const]));
  const query = new URLSearchParams(Object.fromEntries(given)).toString();
  return fromFetch(query === '' ? path : `${path}?${query}`, { headers: { accept: 'application/json' }, ...init }).pipe(
    switchMap(async (response) => ({ response, text: await response.text() })),
    catchError((cause: unknown) => {
      throw new Unanswered('the server does not answer', { cause });
    }), // browsers say “Failed to fetch”, each in words of its own
    switchMap(({ response: { ok, status, statusText }, text }) => {
      const body = parsed(text);
      if (ok && body !== undefined) return [body as T];
      const { error, message } = (body ?? {}) as { readonly error?: string; readonly message?: string };
      throw new Refused(error, message ?? `${path} was answered with ${status} ${statusText}, and not as lastfix does`);
    }),
  );
};

/** What JSON says; `undefined` if it is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a proxy answered with a page of its own: its status says why
  }
}
