import { catchError, concat, of, switchMap, timer, type Observable } from 'rxjs';
import { Unanswered } from '../api/Unanswered.js';

const RETRY_MS = 2000; // ms until it is asked for again

/** What went wrong, in words. */
export interface Trouble {
  readonly trouble: string;
}

/** An answer, or in words why there is none; asked for again where nobody answered. */
export const orTrouble = <T>(answer$: Observable<T>): Observable<T | Trouble> =>
  answer$.pipe(
    catchError((error: unknown, again$) => {
      const trouble$ = of({ trouble: (error as Error).message });
      return error instanceof Unanswered ? concat(trouble$, timer(RETRY_MS).pipe(switchMap(() => again$))) : trouble$;
    }),
  );
