import { EMPTY, filter, fromEvent, map, merge, pairwise, startWith, switchMap, tap, type Observable } from 'rxjs';

/** How many times as far apart two fingers are as before, and where their middle is, in px of the window. */
export interface Pinch {
  readonly times: number;
  readonly x: number;
}

const LEAST = 20; // px between two fingers: closer ones say little

/** Two fingers that are moved on an element, which does nothing else with them then. */
export const pinched = (on: HTMLElement): Observable<Pinch> =>
  merge(
    fromEvent<TouchEvent>(on, 'touchstart', { passive: true }),
    fromEvent<TouchEvent>(on, 'touchend'),
    fromEvent<TouchEvent>(on, 'touchcancel'),
  ).pipe(
    switchMap((begun) =>
      begun.targetTouches.length !== 2
        ? EMPTY
        : fromEvent<TouchEvent>(on, 'touchmove', { passive: false }).pipe(
            tap((event) => { event.preventDefault(); }),
            filter(({ targetTouches: { length } }) => length === 2),
            startWith(begun), // browsers leave out how they move at first
            map(fingersOf),
            pairwise(),
            map(([before, now]) => ({ times: now.apart / before.apart, x: now.x })),
          ),
    ),
  );

function fingersOf({ targetTouches: [a, b] }: TouchEvent): { readonly apart: number; readonly x: number } {
  return { apart: Math.max(LEAST, Math.abs(a!.clientX - b!.clientX)), x: (a!.clientX + b!.clientX) / 2 };
}
