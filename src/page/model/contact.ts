import {
  catchError,
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
  startWith,
  switchMap,
  take,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import type { Ask } from '../api/getJson.js';
import type { ServerEvent } from '../api/Server.js';
import type { Command, Pace, Status } from '../api/served.js';
import { Unanswered } from '../api/Unanswered.js';
import { kept } from './kept.js';
import type { Trouble } from './orTrouble.js';
import { steering, type Steering } from './steering.js';

const STATUS_EVERY = 1000; // ms
const RETRY_MS = 2000; // ms until another connection

export interface ContactInputs {
  /** Errors when the connection is given up; subscribing again makes another. */
  readonly event$: Observable<ServerEvent>;
  readonly command$: Observable<Command>;
  readonly ask: Ask;
}

/** What the server tells by itself and of itself; shared. */
export interface Contact {
  /** Of one connection after the other, with `lost` between them. */
  readonly event$: Observable<ServerEvent>;
  readonly lost$: Observable<boolean>;
  /** Emits at once, and again when another log has taken the place of the one before. */
  readonly reset$: Observable<unknown>;
  readonly status$: Observable<Status>;
  readonly trouble$: Observable<Trouble>;
}

/** Keeps in contact with the server: hears its events, asks for its status every second, and sends it what steers a replay. */
export function contact({ event$, command$, ask }: ContactInputs): Contact {
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
  const steered$ = steering(command$, ask).pipe(share());
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
  return {
    event$: events$,
    lost$: events$.pipe(map(({ type }) => type === 'lost'), distinctUntilChanged(), kept()),
    reset$: events$.pipe(filter(({ type }) => type === 'reset'), startWith(undefined)),
    status$,
    trouble$: merge(
      polled$.pipe(switchMap((told) => ('trouble' in told ? of(told) : EMPTY))),
      steered$.pipe(switchMap(({ trouble }) => (trouble === undefined ? EMPTY : of({ trouble })))),
    ),
  };
}
