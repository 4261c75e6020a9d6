import { EMPTY, fromEvent, map, merge, mergeMap, of, pairwise, switchMap, type Observable } from 'rxjs';

/** How many times as far apart two fingers are as before, and where their middle is, in px of the window. */
export interface Pinch {
  readonly times: number;
  readonly x: number;
}

const LEAST = 20; // px between two fingers: closer ones say little

/** Two fingers that are moved on an element, which does nothing else with them then. */
export const pinched = (on: HTMLElement): Observable<Pinch> =>
  merge(fromEvent<TouchEvent>(on, 'touchstart', { passive: true }), fromEvent<TouchEvent>(on, 'touchend')).pipe(
    switchMap(({ targetTouches: { length } }) =>
      length !== 2
        ? EMPTY
        : fromEvent<TouchEvent>(on, 'touchmove', { passive: false }).pipe(
            mergeMap((event) => {
              event.preventDefault();
              const [a, b] = [event.targetTouches[0], event.targetTouches[1]];
              return a && b ? of({ apart: Math.max(LEAST, Math.abs(a.clientX - b.clientX)), x: (a.clientX + b.clientX) / 2 }) : EMPTY;
            }),
            pairwise(),
            map(([before, now]) => ({ times: now.apart / before.apart, x: now.x })),
          ),
    ),
  );
