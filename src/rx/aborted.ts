import { defer, fromEvent, of, type Observable } from 'rxjs';

/** Emits when the signal is aborted, or at once if it is already. */
export function aborted(signal: AbortSignal): Observable<unknown> {
  return defer(() => (signal.aborted ? of(undefined) : fromEvent(signal, 'abort')));
}
