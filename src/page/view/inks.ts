import { fromEvent, map, shareReplay, startWith, type Observable } from 'rxjs';
import { inksOf } from '../map/inksOf.js';
import type { Inks } from '../map/Frame.js';

/** The colours in force: again when somebody turns the lights on or off. */
export const inks$: Observable<Inks> = fromEvent(matchMedia('(prefers-color-scheme: dark)'), 'change').pipe(
  startWith(undefined),
  map(() => inksOf(document.documentElement)),
  shareReplay({ bufferSize: 1, refCount: true }),
);
