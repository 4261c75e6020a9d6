import { combineLatest, distinctUntilChanged, filter, map, merge, scan, startWith, type Observable } from 'rxjs';
import type { Intent } from './Intent.js';
import type { Moment } from './Moment.js';
import type { Span } from './spanOf.js';
import type { Stretch } from './Stretch.js';
import { within } from './zoomed.js';

/** How much of the stretch there is before a moment that it is moved to. */
const BEFORE = 0.1;

/** The stretch that the slider and the charts show. */
export interface Window extends Stretch {
  /** Whether it is not all of the recording. */
  readonly isZoomed: boolean;
}

type Step = { readonly zoom: Stretch | undefined } | { readonly moment: Moment };

/**
 * The stretch of the recording that is shown: all of it, or what somebody zoomed to. It moves along with the moment when that
 * leaves it, and stays where it is when it was itself moved away from the moment.
 */
export const windowed = (intent$: Observable<Intent>, span$: Observable<Span>, moment$: Observable<Moment>): Observable<Window> => {
  const zoom$ = intent$.pipe(filter((intent) => intent.want === 'zoom'), map(({ stretch }): Step => ({ zoom: stretch })));
  const stretch$ = merge(zoom$, moment$.pipe(map((moment): Step => ({ moment })))).pipe(
    scan((stretch: Stretch | undefined, step) => ('zoom' in step ? step.zoom : withMoment(stretch, step.moment)), undefined),
    startWith(undefined),
    distinctUntilChanged(),
  );
  return combineLatest([stretch$, span$]).pipe(
    map(([stretch, span]): Window => {
      const inside = stretch && within(stretch, span);
      return inside ? { ...inside, isZoomed: true } : { from: span.first, to: span.last, isZoomed: false };
    }),
    distinctUntilChanged((a, b) => a.from === b.from && a.to === b.to && a.isZoomed === b.isZoomed),
  );
};

function withMoment(stretch: Stretch | undefined, { at }: Moment): Stretch | undefined {
  if (stretch === undefined || at === 'live' || (at >= stretch.from && at <= stretch.to)) return stretch;
  const length = stretch.to - stretch.from;
  const from = Math.round(at > stretch.to ? at - BEFORE * length : at - (1 - BEFORE) * length);
  return { from, to: from + length };
}
