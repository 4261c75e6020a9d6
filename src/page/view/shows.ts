import { ignoreElements, tap, type Observable } from 'rxjs';

/** Draws every value, and wants nothing. */
export const shows = <T>(value$: Observable<T>, show: (value: T) => void): Observable<never> => value$.pipe(tap(show), ignoreElements());
