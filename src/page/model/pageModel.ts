import {
  asyncScheduler,
  combineLatest,
  distinctUntilChanged,
  filter,
  map,
  merge,
  NEVER,
  observeOn,
  retry,
  startWith,
  switchMap,
  take,
  throttleTime,
  type Observable,
} from 'rxjs';
import { changesOf } from '../api/changesOf.js';
import { fleetsOf } from '../api/fleetsOf.js';
import { getJson, type Ask } from '../api/getJson.js';
import type { AskChanges, AskFleet, ServerEvent } from '../api/Server.js';
import type { Land } from '../map/Land.js';
import { agesIn } from './agesIn.js';
import { answers } from './answers.js';
import { chosenTrack } from './chosenTrack.js';
import { contact } from './contact.js';
import { growing } from './growing.js';
import { heatIn } from './heatIn.js';
import type { Intent } from './Intent.js';
import { isRunning } from './isRunning.js';
import { kept } from './kept.js';
import { latenciesIn } from './latenciesIn.js';
import { liveFleet } from './liveFleet.js';
import { overviews } from './overviews.js';
import type { Trouble } from './orTrouble.js';
import type { Link } from './parseLink.js';
import { pictured } from './pictured.js';
import type { Shown } from './Shown.js';
import { spanOf } from './spanOf.js';
import { viewing } from './viewing.js';
import { wants } from './wants.js';
import { windowed } from './windowed.js';
import type { Zone } from './words.js';

const RETRY_MS = 2000; // ms until the next try
const CALM_MS = 200; // ms between two pictures that are put into words
const MOMENT_MS = 100; // ms between two moments that play: to show one lays out a part of the page

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
}: PageInputs): Shown {
  /** The newest value that a person wants of one kind, from one on. */
  const wish = <W extends Intent['want'], T>(want: W, value: (intent: Extract<Intent, { readonly want: W }>) => T, begin: T) =>
    intent$.pipe(wants(want), map(value), startWith(begin), distinctUntilChanged(), kept());

  const server = contact({ event$, command$: intent$.pipe(wants('steer'), map(({ command }) => command)), ask });
  const { status$, reset$ } = server;
  const span$ = status$.pipe(map(spanOf), filter((span) => span !== undefined), kept());
  const live$ = liveFleet(server.event$, askFleet).pipe(retry({ delay: RETRY_MS }), kept());
  const isRunning$ = combineLatest([status$.pipe(startWith(undefined)), growing(live$)]).pipe(
    map(([status, grows]) => isRunning(status, grows)),
    distinctUntilChanged(),
    kept(),
  );

  const chosen$ = wish('device', ({ device }) => device, first.chosen);
  const viewed = viewing(intent$, { first: first.moment, span$, chosen$, reset$, ask, askFleet, askChanges });
  const { view$, moment$ } = viewed;
  const { picture$, past$ } = pictured({ ...viewed, live$, reset$ }, askFleet);

  const window$ = windowed(intent$, span$, moment$).pipe(kept());
  const stretch = { window$, by$: moment$.pipe(map(({ by }) => by)), status$, reset$ };
  const overview$ = overviews(stretch, ask).pipe(kept());
  const ages$ = agesIn({ window$, span$, live$, reset$ }, askFleet).pipe(kept());
  const warm$ = wish('heat', ({ heat }) => heat, first.heat);
  const sight$ = intent$.pipe(wants('sight'), map(({ sight }) => sight));
  const heat$ = heatIn({ ...stretch, warm$, sight$ }, ask).pipe(kept());

  const reach$ = wish('reach', ({ minutes }) => minutes, 60);
  const follow$ = merge(
    intent$.pipe(wants('follow'), map(({ follow }) => follow)),
    chosen$.pipe(filter((device) => device === undefined), map(() => false)),
  ).pipe(startWith(first.follow), distinctUntilChanged(), kept());

  return {
    status$,
    lost$: server.lost$,
    isRunning$,
    span$,
    window$,
    overview$: overview$.pipe(answers('overview'), kept()),
    ages$: ages$.pipe(answers('ages'), kept()),
    latencies$: latenciesIn({ status$, reset$ }, ask).pipe(kept()),
    hover$: wish('hover', ({ at }) => at, undefined),
    live$,
    picture$,
    calm$: picture$.pipe(throttleTime(CALM_MS, undefined, { leading: true, trailing: true }), observeOn(asyncScheduler), kept()),
    view$,
    moment$: view$.pipe(
      map(({ playing }) => playing),
      distinctUntilChanged(),
      switchMap((playing) => (playing ? moment$.pipe(throttleTime(MOMENT_MS, undefined, { leading: true, trailing: true })) : moment$)),
      distinctUntilChanged(),
      kept(),
    ),
    chosen$,
    track$: chosenTrack(live$, { chosen$, moment$, reach$, reset$ }, ask).pipe(startWith(undefined), kept()),
    reach$,
    follow$,
    look$: intent$.pipe(wants('look'), map(({ look }) => look), startWith(first.look), kept()),
    warm$,
    heat$: heat$.pipe(answers('heat'), startWith(undefined), distinctUntilChanged(), kept()),
    pointed$: wish('point', ({ fix }) => fix, undefined),
    zone$: wish('zone', (intent) => intent.zone, zone),
    unit$: status$.pipe(map(({ speed_unit }) => (speed_unit ? ` ${speed_unit}` : '')), startWith(''), distinctUntilChanged(), kept()),
    land$: picture$.pipe(
      take(1),
      switchMap(() => land$.pipe(retry({ delay: RETRY_MS }))),
    ),
    trouble$: merge(server.trouble$, past$, viewed.played$, viewed.stepped$, overview$, heat$, ages$, intent$.pipe(wants('tell'))).pipe(
      filter((told): told is Extract<typeof told, Trouble> => 'trouble' in told),
      map(({ trouble }) => trouble),
    ),
  };
}
