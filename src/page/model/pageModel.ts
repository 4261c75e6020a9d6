import {
  asyncScheduler,
  catchError,
  combineLatest,
  concat,
  distinctUntilChanged,
  distinctUntilKeyChanged,
  EMPTY,
  exhaustMap,
  filter,
  map,
  merge,
  NEVER,
  observeOn,
  of,
  retry,
  scan,
  share,
  shareReplay,
  startWith,
  switchMap,
  take,
  throttleTime,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import { changesOf } from '../api/changesOf.js';
import { fleetsOf } from '../api/fleetsOf.js';
import { getJson, type Ask } from '../api/getJson.js';
import type { AskChanges, AskFleet, ServerEvent } from '../api/Server.js';
import type { Instant } from '../../domain/instant.js';
import type { Pace, Status } from '../api/served.js';
import { Unanswered } from '../api/Unanswered.js';
import type { Land } from '../map/Land.js';
import type { Ages } from './ageCounts.js';
import { agesIn } from './agesIn.js';
import { chosenTrack } from './chosenTrack.js';
import type { Track } from './Track.js';
import { growing } from './growing.js';
import type { Heat } from './Heat.js';
import { heatIn } from './heatIn.js';
import { isRunning } from './isRunning.js';
import type { Intent } from './Intent.js';
import { latenciesIn, type Latency } from './latenciesIn.js';
import { liveFleet } from './liveFleet.js';
import type { Moment } from './Moment.js';
import { oneAtATime } from './oneAtATime.js';
import type { Link, Look } from './parseLink.js';
import { pastFleet } from './pastFleet.js';
import type { Picture } from './Picture.js';
import { orTrouble } from './orTrouble.js';
import type { Sighting } from './Sighting.js';
import type { Overview } from './Overview.js';
import { overviews } from './overviews.js';
import { spanOf, type Span } from './spanOf.js';
import { steering, type Steering } from './steering.js';
import type { View } from './View.js';
import { viewing } from './viewing.js';
import { windowed, type Window } from './windowed.js';
import type { Zone } from './words.js';

const STATUS_EVERY = 1000; // ms
const RETRY_MS = 2000; // ms until the next try
const CALM_MS = 100; // ms between two pictures that are put into words

/** All that the page shows, each shared: the newest is there for who comes later. */
export interface PageModel {
  readonly status$: Observable<Status>;
  readonly lost$: Observable<boolean>;
  /** Whether the log grows, by a replay here or by another program. */
  readonly isRunning$: Observable<boolean>;
  /** From when to when the recording is, once something has arrived. */
  readonly span$: Observable<Span>;
  /** The stretch of it that the slider and the charts show. */
  readonly window$: Observable<Window>;
  /** What there is in that, by the clock in force. */
  readonly overview$: Observable<Overview>;
  /** How many devices had a fix of each age at some moments of it, and at the newest. */
  readonly ages$: Observable<readonly Ages[]>;
  /** How soon changes can be read, beside a replay. */
  readonly latencies$: Observable<readonly Latency[]>;
  /** The moment that somebody points at on the slider or in a chart. */
  readonly hover$: Observable<Instant | undefined>;
  readonly live$: Observable<Picture>;
  readonly picture$: Observable<Picture>;
  /** The same for words and lists: no more often than they can be read, and in a task of their own. */
  readonly calm$: Observable<Picture>;
  readonly view$: Observable<View>;
  /** While the view plays, again in each frame. */
  readonly moment$: Observable<Moment>;
  readonly chosen$: Observable<string | undefined>;
  readonly track$: Observable<Track | undefined>;
  readonly reach$: Observable<number>;
  /** Whether the map follows the chosen device. */
  readonly follow$: Observable<boolean>;
  readonly look$: Observable<Look | undefined>;
  /** Whether the map shows where late fixes were. */
  readonly warm$: Observable<boolean>;
  /** Where they were, once that is known. */
  readonly heat$: Observable<Heat | undefined>;
  /** The fix that somebody points at. */
  readonly pointed$: Observable<Sighting | undefined>;
  readonly zone$: Observable<Zone>;
  /** What speeds are in, with a blank before it; nothing as long as that is not known. */
  readonly unit$: Observable<string>;
  /** The land below the fleet, once there is a fleet. */
  readonly land$: Observable<Land>;
  /** What went wrong, in words, each once. */
  readonly trouble$: Observable<string>;
}

/** What a person wants, what the page begins with, and the server. */
export interface PageInputs {
  readonly intent$: Observable<Intent>;
  readonly first: Link;
  readonly zone?: Zone;
  /** Errors when the connection is given up; subscribing again makes another. */
  readonly event$: Observable<ServerEvent>;
  readonly ask?: Ask;
  readonly askFleet?: AskFleet;
  readonly askChanges?: AskChanges;
  readonly land$?: Observable<Land>;
}

const kept = <T>() => shareReplay<T>({ bufferSize: 1, refCount: true });

/** Makes what the page shows of what the server tells and what a person wants. */
export function pageModel({
  intent$,
  first,
  zone = 'utc',
  event$,
  ask = getJson,
  askFleet = fleetsOf(ask),
  askChanges = changesOf(ask),
  land$ = NEVER,
}: PageInputs): PageModel {
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
      paced$.pipe(
        // an answer that another pace or log has overtaken is of before it: the question is asked again
        switchMap(({ busy }) => (busy ? NEVER : ask<Status>('/api/status'))),
        take(1),
        map((status) => ({ status })),
        // that nobody answers, the events tell
        catchError((error: unknown) => (error instanceof Unanswered ? EMPTY : of({ trouble: (error as Error).message }))),
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

  const chosen$ = wanted('device').pipe(map(({ device }) => device), startWith(first.chosen), distinctUntilChanged(), kept());
  const span$ = status$.pipe(map(spanOf), filter((span) => span !== undefined), kept());
  const reset$ = events$.pipe(filter(({ type }) => type === 'reset'), startWith(undefined)); // another log has another past
  const live$ = liveFleet(events$, askFleet).pipe(retry({ delay: RETRY_MS }), kept());
  const asks = { ask, askFleet, askChanges };
  const { view$, moment$, played$, stepped$ } = viewing(intent$, { first: first.moment, span$, chosen$, reset$, ...asks });
  const turn$ = view$.pipe(distinctUntilKeyChanged('turn'), kept());
  const past$ = combineLatest([turn$, reset$]).pipe(
    oneAtATime(([{ at, by, playing }]) =>
      at === 'live' || playing ? EMPTY : orTrouble(pastFleet(at, by, askFleet).pipe(map((picture) => ({ picture })))),
    ),
    share(),
  );
  const shown = switchMap((told: { readonly picture: Picture } | { readonly trouble: string }) =>
    'picture' in told ? of(told.picture) : EMPTY,
  );
  const picture$ = turn$.pipe(
    map(({ at, playing }) => (playing ? 'played' : at === 'live' ? 'live' : 'past')),
    distinctUntilChanged(),
    switchMap((kind) => (kind === 'live' ? live$ : (kind === 'past' ? past$ : played$).pipe(shown))),
    kept(),
  );

  const window$ = windowed(intent$, span$, moment$).pipe(kept());
  const by$ = moment$.pipe(map(({ by }) => by));
  const overview$ = overviews({ window$, by$, status$, reset$ }, ask).pipe(share());
  const warm$ = wanted('heat').pipe(map(({ heat }) => heat), startWith(first.heat), distinctUntilChanged(), kept());
  const sight$ = wanted('sight').pipe(map(({ sight }) => sight));
  const heat$ = heatIn({ warm$, sight$, window$, by$, status$, reset$ }, ask).pipe(share());
  const ages$ = agesIn({ window$, span$, live$, reset$ }, askFleet).pipe(share());

  const reach$ = wanted('reach').pipe(map(({ minutes }) => minutes), startWith(60), distinctUntilChanged(), kept());
  const track$ = chosenTrack(live$, { chosen$, moment$, reach$, reset$ }, ask).pipe(startWith(undefined), kept());

  const follow$ = merge(
    wanted('follow').pipe(map(({ follow }) => follow)),
    chosen$.pipe(filter((device) => device === undefined), map(() => false)),
  ).pipe(startWith(first.follow), distinctUntilChanged(), kept());
  const isRunning$ = combineLatest([status$.pipe(startWith(undefined)), growing(live$)]).pipe(
    map(([status, grows]) => isRunning(status, grows)),
    distinctUntilChanged(),
    kept(),
  );

  return {
    status$,
    isRunning$,
    lost$: events$.pipe(map(({ type }) => type === 'lost'), distinctUntilChanged(), kept()),
    span$,
    window$,
    overview$: overview$.pipe(switchMap((told) => ('overview' in told ? of(told.overview) : EMPTY)), kept()),
    latencies$: latenciesIn({ status$, reset$ }, ask).pipe(kept()),
    ages$: ages$.pipe(switchMap((told) => ('ages' in told ? of(told.ages) : EMPTY)), kept()),
    hover$: wanted('hover').pipe(map(({ at }) => at), startWith(undefined), distinctUntilChanged(), kept()),
    live$,
    picture$,
    calm$: picture$.pipe(throttleTime(CALM_MS, undefined, { leading: true, trailing: true }), observeOn(asyncScheduler), kept()),
    view$,
    moment$,
    chosen$,
    track$,
    reach$,
    follow$,
    look$: wanted('look').pipe(map(({ look }) => look), startWith(first.look), kept()),
    warm$,
    heat$: heat$.pipe(switchMap((told) => ('heat' in told ? of(told.heat) : EMPTY)), startWith(undefined), distinctUntilChanged(), kept()),
    pointed$: wanted('point').pipe(map(({ fix }) => fix), startWith(undefined), distinctUntilChanged(), kept()),
    zone$: wanted('zone').pipe(map((intent) => intent.zone), startWith(zone), distinctUntilChanged(), kept()),
    unit$: status$.pipe(map(({ speed_unit }) => (speed_unit ? ` ${speed_unit}` : '')), startWith(''), distinctUntilChanged(), kept()),
    land$: picture$.pipe(
      take(1),
      switchMap(() => land$.pipe(retry({ delay: RETRY_MS }))),
    ),
    trouble$: merge(polled$, steered$, past$, played$, stepped$, overview$, heat$, ages$, wanted('tell')).pipe(
      switchMap((told) => ('trouble' in told ? of(told.trouble) : EMPTY)),
    ),
  };
}
