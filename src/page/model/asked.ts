import { auditTime, combineLatest, type Observable } from 'rxjs';
import { oneAtATime } from './oneAtATime.js';
import { orTrouble, type Trouble } from './orTrouble.js';

/**
 * Answers to a question that depends on some things: asked again when one of them has changed, at most once in some ms, one
 * question at a time. In words where there is no answer.
 */
export const asked = <T extends readonly unknown[], R>(
  things: readonly [...{ readonly [K in keyof T]: Observable<T[K]> }],
  settle: number,
  question: (things: T) => Observable<R>,
): Observable<R | Trouble> =>
  combineLatest(things as readonly Observable<unknown>[]).pipe(
    auditTime(settle),
    oneAtATime((values) => orTrouble(question(values as unknown as T))),
  );
