import { combineLatest, map, scan, tap, type Observable } from 'rxjs';
import type { Appended } from '../domain/Appended.js';
import type { Latencies } from './Latencies.js';
import type { Live } from './Live.js';

/** Keeps how soon changes can be read, whenever it is measured or something is appended. */
export const keepLatencies = (latencies: Latencies, appended$: Observable<Appended>, { state$ }: Live): Observable<unknown> => {
  const at$ = appended$.pipe(
    scan((at: number | undefined, { type, changes, late }) => {
      if (type === 'reset') {
        latencies.clear();
        return undefined;
      }
      return [...changes, ...late].reduce((last: number | undefined, { fix }) => Math.max(last ?? fix.arrival, fix.arrival), at);
    }, undefined),
  );
  return combineLatest([at$, state$.pipe(map(({ endToEnd }) => endToEnd))]).pipe(
    tap(([at, figures]) => { if (at !== undefined && figures) latencies.add(at, figures); }),
  );
};
