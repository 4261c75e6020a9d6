import {
  combineLatest,
  concat,
  defer,
  distinctUntilChanged,
  distinctUntilKeyChanged,
  EMPTY,
  exhaustMap,
  filter,
  ignoreElements,
  map,
  merge,
  of,
  repeat,
  scan,
  share,
  startWith,
  Subject,
  switchMap,
  tap,
  withLatestFrom,
  type Observable,
} from 'rxjs';
import type { Ask } from '../api/getJson.js';
import type { AskChanges, AskFleet } from '../api/Server.js';
import type { Direction, Intent } from './Intent.js';
import { kept } from './kept.js';
import { orTrouble, type Trouble } from './orTrouble.js';
import type { Moment } from './Moment.js';
import type { Picture } from './Picture.js';
import { playFleet } from './playFleet.js';
import type { Span } from './spanOf.js';
import { steppedTo } from './steppedTo.js';
import { nextView, type View, type ViewIntent } from './View.js';

const RATE = 20;
const WANTS: ReadonlySet<string> = new Set(['moment', 'seek', 'clock', 'play', 'rate', 'loop', 'ended'] satisfies ViewIntent['want'][]);

export interface ViewingInputs {
  readonly first: Moment;
  readonly span$: Observable<Span>;
  readonly chosen$: Observable<string | undefined>;
  /** Emits at once, and again when another log has taken the place of the one before. */
  readonly reset$: Observable<unknown>;
  readonly ask: Ask;
  readonly askFleet: AskFleet;
  readonly askChanges: AskChanges;
}

/** The view, the moment that it shows, and what it plays; shared. */
export interface Viewing {
  readonly view$: Observable<View>;
  readonly moment$: Observable<Moment>;
  readonly played$: Observable<{ readonly picture: Picture } | Trouble>;
  /** Why a step found nothing. */
  readonly stepped$: Observable<Trouble>;
}

const isOfView = (intent: Intent | ViewIntent): intent is ViewIntent => WANTS.has(intent.want);

/** Looks at a recording: at its newest, at a moment, or playing from one on, which ends at the newest or begins anew. */
export function viewing(intent$: Observable<Intent>, { first, span$, chosen$, reset$, ask, askFleet, askChanges }: ViewingInputs): Viewing {
  const own$ = new Subject<ViewIntent>(); // what follows from playing and stepping
  const now: { view: View; at: View['at']; span: Span | undefined } = {
    view: { ...first, playing: false, rate: RATE, loop: false, turn: 0 },
    at: first.at,
    span: undefined,
  };
  const stepped = (direction: Direction, device: string | undefined) => {
    const { view: { by }, at, span } = now;
    if (span === undefined || (at === 'live' && direction === 'forward')) return EMPTY;
    return steppedTo(at === 'live' ? span.newest : at, direction, { by, device, end: span.newest, ask, askFleet }).pipe(
      tap((moment) => {
        own$.next({ want: 'play', playing: false });
        own$.next({ want: 'moment', at: moment });
      }),
      ignoreElements(),
    );
  };
  const stepped$ = intent$.pipe(
    filter(({ want }) => want === 'step'),
    withLatestFrom(chosen$),
    exhaustMap(([intent, device]) => (intent.want === 'step' ? orTrouble(stepped(intent.direction, device)) : EMPTY)),
    share(),
  );
  const view$ = merge(
    merge(intent$, own$).pipe(
      filter(isOfView),
      scan((view, intent) => nextView(view, intent, { at: now.at, first: now.span?.first }), now.view),
    ),
    span$.pipe(tap((span) => { now.span = span; }), ignoreElements()),
    stepped$.pipe(ignoreElements()),
  ).pipe(
    startWith(now.view),
    distinctUntilChanged(),
    tap((view) => {
      if (view.turn !== now.view.turn) now.at = view.at;
      now.view = view;
    }),
    kept(),
  );
  const turn$ = view$.pipe(distinctUntilKeyChanged('turn'));

  const playing = (from: Picture['at'], by: View['by']) =>
    concat(
      defer(() => playFleet(from, { by, rate: () => now.view.rate, end: () => now.span?.newest ?? from, askFleet, askChanges })).pipe(
        tap(({ at }) => { now.at = from = at; }),
        repeat({
          delay: () => {
            from = now.span?.first ?? from;
            return now.view.loop ? of(from) : EMPTY;
          },
        }),
        map((picture) => ({ picture })),
        orTrouble,
      ),
      defer(() => {
        own$.next({ want: 'ended' });
        return EMPTY;
      }),
    );
  const played$ = combineLatest([turn$, reset$]).pipe(
    switchMap(([{ at, by, playing: plays }]) => (plays && at !== 'live' ? playing(at, by) : EMPTY)),
    share(),
  );
  const moment$ = turn$.pipe(
    switchMap(({ at, by, playing: plays }) => {
      const playedAt$ = played$.pipe(map((told) => ('picture' in told ? told.picture.at : now.at)));
      return (plays ? playedAt$.pipe(startWith(at)) : of(at)).pipe(map((moment): Moment => ({ at: moment, by })));
    }),
    distinctUntilChanged((a, b) => a.at === b.at && a.by === b.by),
    kept(),
  );
  return { view$, moment$, played$, stepped$ };
}
