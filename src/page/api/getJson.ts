import { switchMap, type Observable } from 'rxjs';
import { fromFetch } from 'rxjs/fetch';

/**
 * Asks the server for JSON.
 *
 *     result   ---(a|)     unsubscribing before that aborts the request
 *
 * Errors: the server's own words where it has some, else the status.
 */
export const getJson = <T>(path: string, asked: Record<string, string | number | undefined> = {}, init: RequestInit = {}): Observable<T> => {
  const pairs = Object.entries(asked).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  const query = new URLSearchParams(pairs).toString();
  return fromFetch(query === '' ? path : `${path}?${query}`, { headers: { accept: 'application/json' }, ...init }).pipe(
    switchMap(async (response) => {
      if (response.ok) return (await response.json()) as T;
      const said = (await response.json().catch(() => ({}))) as { readonly message?: string };
      throw new Error(said.message ?? `${path}: ${response.status} ${response.statusText}`);
    }),
  );
};
