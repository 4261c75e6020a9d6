import { filter, map, startWith, switchMap, timer, type Observable } from 'rxjs';
import type { Picture } from './Picture.js';

const STILL_MS = 30_000; // ms without a fix, after which a log is taken for finished

/**
 * Whether a log grows: a fix has come lately.
 *
 *     live     --f-f-------
 *     result   f-t-t----f--
 */
export const growing = (live$: Observable<Picture>): Observable<boolean> =>
  live$.pipe(
    filter(({ changes, late }) => changes.length + late.length > 0),
    switchMap(() => timer(STILL_MS).pipe(map(() => false), startWith(true))),
    startWith(false),
  );
