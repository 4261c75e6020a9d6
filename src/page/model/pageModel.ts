import {
  catchError,
  combineLatest,
  concat,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  filter,
  map,
  merge,
  NEVER,
  of,
  retry,
  scan,
  share,
  shareReplay,
  startWith,
  switchMap,
  take,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import { getJson, type Ask } from '../api/getJson.js';
import type { Pace, ServerEvent, Status } from '../api/served.js';
import { Unanswered } from '../api/Unanswered.js';
import { chosenTrack, type Track } from './chosenTrack.js';
import type { Intent } from './Intent.js';
import { liveFleet } from './liveFleet.js';
import type { Moment } from './Moment.js';
import { oneAtATime } from './oneAtATime.js';
import type { Link } from './parseLink.js';
import { pastFleet } from './pastFleet.js';
import type { Picture } from './Picture.js';
import { steering, type Steering } from './steering.js';

const STATUS_EVERY = 1000; // ms
const RETRY_MS = 2000; // ms until the next try

/** All that the page shows, each shared: the newest is there for who comes later. */
export interface PageModel {
  readonly status$: Observable<Status>;
  readonly lost$: Observable<boolean>;
  readonly live$: Observable<Picture>;
  readonly picture$: Observable<Picture>;
  readonly moment$: Observable<Moment>;
  readonly chosen$: Observable<string | undefined>;
  readonly track$: Observable<Track | undefined>;
  readonly reach$: Observable<number>;
  /** What went wrong, in words, each once. */
  readonly trouble$: Observable<string>;
}

/** What a person wants, what the page begins with, and the server. */
export interface PageInputs {
  readonly intent$: Observable<Intent>;
  readonly first: Link;
  /** Errors when the connection is given up; subscribing again makes another. */
  readonly event$: Observable<ServerEvent>;
  readonly ask?: Ask;
}

const troubled = (error: unknown) => of({ trouble: (error as Error).message });
const kept = <T>() => shareReplay<T>({ bufferSize: 1, refCount: true });

/** Makes what the page shows of what the server tells and what a person wants. */
export function pageModel({ intent$, first, event$, ask = getJson }: PageInputs): PageModel {
  const wanted = <W extends Intent['want']>(want: W) =>
    intent$.pipe(filter((intent): intent is Extract<Intent, { want: W }> => intent.want === want));

  const events$ = event$.pipe(
    catchError((error: unknown) =>
      concat(
        of<ServerEvent>({ type: 'lost' }),
        throwError(() => error),
      ),
    ),
    retry({ delay: RETRY_MS }),
    share(),
  );
  const steered$ = steering(wanted('steer').pipe(map(({ command }) => command)), ask).pipe(share());
  const paced$ = merge(events$.pipe(filter((event) => event.type === 'pace' || event.type === 'reset')), steered$).pipe(
    scan<ServerEvent | Steering, Steering>(
      (before, told) =>
        'busy' in told ? told : told.type === 'pace' && !before.busy ? { busy: false, pace: told.pace } : { busy: before.busy },
      { busy: false },
    ),
    startWith({ busy: false } as Steering),
    kept(),
  );
  const polled$ = timer(0, STATUS_EVERY).pipe(
    exhaustMap(() =>
      paced$.pipe( // an answer that another pace or log has overtaken is of before it: the question is asked again
        switchMap(({ busy }) => (busy ? NEVER : ask<Status>('/api/status'))),
        take(1),
        map((status) => ({ status })),
        catchError((error: unknown) => (error instanceof Unanswered ? EMPTY : troubled(error))), // that nobody answers, the events tell
      ),
    ),
    share(),
  );
  const status$ = merge(
    paced$.pipe(switchMap(({ pace }) => (pace ? of(pace) : EMPTY))),
    polled$.pipe(switchMap((told) => ('status' in told ? of(told.status) : EMPTY))),
  ).pipe(
    scan<Partial<Status> | Pace, Partial<Status>>((status, told) => ({ ...status, ...told }), {}),
    filter((status): status is Status => status.version !== undefined),
    kept(),
  );

  const moment$ = merge(wanted('moment'), wanted('clock')).pipe(
    scan<Extract<Intent, { want: 'moment' | 'clock' }>, Moment>(
      (moment, intent) => (intent.want === 'moment' ? { at: intent.at, by: intent.by ?? moment.by } : { ...moment, by: intent.by }),
      first.moment,
    ),
    startWith(first.moment),
    distinctUntilChanged((a, b) => a.at === b.at && a.by === b.by),
    kept(),
  );
  const reset$ = events$.pipe(filter(({ type }) => type === 'reset'), startWith(undefined)); // another log has another past
  const live$ = liveFleet(events$, ask).pipe(retry({ delay: RETRY_MS }), kept());
  const past$ = combineLatest([moment$, reset$]).pipe(
    oneAtATime(([{ at, by }]) => (at === 'live' ? EMPTY : orTrouble(pastFleet(at, by, ask).pipe(map((picture) => ({ picture })))))),
    share(),
  );
  const picture$ = moment$.pipe(
    map(({ at }) => at === 'live'),
    distinctUntilChanged(),
    switchMap((live) => (live ? live$ : past$.pipe(switchMap((told) => ('picture' in told ? of(told.picture) : EMPTY))))),
    kept(),
  );

  const chosen$ = wanted('device').pipe(map(({ device }) => device), startWith(first.chosen), distinctUntilChanged(), kept());
  const reach$ = wanted('reach').pipe(map(({ minutes }) => minutes), startWith(60), distinctUntilChanged(), kept());
  const track$ = chosenTrack(
    live$,
    { chosen$, moment$: combineLatest([moment$, reset$]).pipe(map(([moment]) => moment)), reach$ },
    ask,
  ).pipe(startWith(undefined), kept());

  return {
    status$,
    lost$: events$.pipe(map(({ type }) => type === 'lost'), distinctUntilChanged(), kept()),
    live$,
    picture$,
    moment$,
    chosen$,
    track$,
    reach$,
    trouble$: merge(polled$, steered$, past$).pipe(switchMap((told) => ('trouble' in told ? of(told.trouble) : EMPTY))),
  };
}

/** An answer, or in words why there is none; asked for again where nobody answered. */
const orTrouble = <T>(answer$: Observable<T>): Observable<T | { readonly trouble: string }> =>
  answer$.pipe(
    catchError((error: unknown, again$) =>
      error instanceof Unanswered ? concat(troubled(error), timer(RETRY_MS).pipe(switchMap(() => again$))) : troubled(error),
    ),
  );
