import {
  catchError, distinctUntilChanged, EMPTY, exhaustMap, filter, map, merge, of, retry, scan, share, shareReplay, startWith, switchMap, timer,
  type Observable,
} from 'rxjs';
import type { Instant } from '../../domain/instant.js';
import { getJson } from '../api/getJson.js';
import type { Clock, Pace, Status } from '../api/served.js';
import { serverEvents } from '../api/serverEvents.js';
import { chosenTrack, type Track } from './chosenTrack.js';
import type { Intent } from './Intent.js';
import { liveFleet } from './liveFleet.js';
import { oneAtATime } from './oneAtATime.js';
import { pastFleet } from './pastFleet.js';
import type { Picture } from './Picture.js';

const STATUS_EVERY = 1000; // ms
const AGAIN = 2000; // ms until the next try

/** Which moment is looked at, and by which clock. */
export interface Moment {
  readonly at: Instant | 'live';
  readonly by: Clock;
}

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

const troubled = (error: unknown) => of({ trouble: (error as Error).message });
const kept = <T>() => shareReplay<T>({ bufferSize: 1, refCount: true });

/** Makes what the page shows of what the server tells and what a person wants. */
export function pageModel(intents$: Observable<Intent>, first: { readonly moment: Moment; readonly chosen: string | undefined }): PageModel {
  const wanted = <W extends Intent['want']>(want: W) => intents$.pipe(filter((intent): intent is Extract<Intent, { want: W }> => intent.want === want));

  const events$ = serverEvents('/api/events').pipe(retry({ delay: AGAIN }), share());
  const steered$ = wanted('steer').pipe(
    switchMap(({ command }) =>
      getJson<Pace>('/api/control', {}, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(command) }).pipe(
        map((pace) => ({ pace })),
        catchError(troubled),
      ),
    ),
    share(),
  );
  const polled$ = timer(0, STATUS_EVERY).pipe(
    exhaustMap(() =>
      getJson<Status>('/api/status').pipe(
        map((status) => ({ status })),
        catchError((error: unknown) => (error instanceof TypeError ? EMPTY : troubled(error))), // that nobody answers, the events tell
      ),
    ),
    share(),
  );
  const pace$ = merge(events$.pipe(switchMap((event) => (event.type === 'pace' ? of(event.pace) : EMPTY))), steered$.pipe(switchMap((told) => ('pace' in told ? of(told.pace) : EMPTY))));
  const status$ = merge(polled$.pipe(switchMap((told) => ('status' in told ? of(told.status) : EMPTY))), pace$).pipe(
    scan<Partial<Status> | Pace, Partial<Status>>((status, told) => ({ ...status, ...told }), {}),
    filter((status): status is Status => status.version !== undefined),
    kept(),
  );

  const moment$ = merge(wanted('moment'), wanted('clock')).pipe(
    scan<Extract<Intent, { want: 'moment' | 'clock' }>, Moment>((moment, intent) => (intent.want === 'moment' ? { ...moment, at: intent.at } : { ...moment, by: intent.by }), first.moment),
    startWith(first.moment),
    distinctUntilChanged((a, b) => a.at === b.at && a.by === b.by),
    kept(),
  );
  const live$ = liveFleet(events$).pipe(retry({ delay: AGAIN }), kept());
  const past$ = moment$.pipe(
    oneAtATime(({ at, by }) => (at === 'live' ? EMPTY : pastFleet(at, by).pipe(map((picture) => ({ picture })), catchError(troubled)))),
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
  const track$ = chosenTrack(live$, { chosen$, moment$, reach$ }).pipe(startWith(undefined), kept());

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
