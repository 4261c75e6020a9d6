import { filter, map, type Observable } from 'rxjs';

/** Of what was told, the answers by their name, without the trouble there was. */
export const answers =
  <K extends string>(name: K) =>
  <T extends object>(told$: Observable<T>): Observable<Extract<T, Readonly<Record<K, unknown>>>[K]> =>
    told$.pipe(filter((told): told is Extract<T, Readonly<Record<K, unknown>>> => name in told), map((told) => told[name]));
