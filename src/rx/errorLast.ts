import { catchError, concat, defer, EMPTY, throwError, type OperatorFunction } from 'rxjs';

/**
 * Lets an operator finish what it holds before an error of its source goes on: the operator sees the source
 * complete, and the error follows its completion.
 *
 *     source              -a-b-#
 *     bufferCount(5)      -----#
 *     errorLast of that   -----(x#)      x = [a b]
 *
 * Its own errors go on at once. Holds what the operator does.
 */
export const errorLast =
  <T, R>(operator: OperatorFunction<T, R>): OperatorFunction<T, R> =>
  (source) =>
    defer(() => {
      let failure: { readonly error: unknown } | undefined;
      const untilFailure = source.pipe(
        catchError((error: unknown) => {
          failure = { error };
          return EMPTY;
        }),
      );
      return concat(
        untilFailure.pipe(operator),
        defer(() => (failure ? throwError(() => failure?.error) : EMPTY)),
      );
    });
