import {
  asyncScheduler,
  catchError,
  defer,
  dematerialize,
  EMPTY,
  filter,
  finalize,
  fromEvent,
  map,
  materialize,
  merge,
  NEVER,
  observeOn,
  of,
  shareReplay,
  switchMap,
  take,
  type Observable,
  type ObservableNotification,
} from 'rxjs';
import type { Land } from '../map/Land.js';
import type { Asked, Failure, PackedChanges, PackedEvent, PackedFleet, Told, Wish } from '../reader/Messages.js';
import { unpacked } from '../reader/unpacked.js';
import { Refused } from './Refused.js';
import type { ChangesTold, FleetAsked, FleetTold, Server, ServerEvent } from './Server.js';
import { Unanswered } from './Unanswered.js';

/** What of a `Worker` is used. */
export interface Reader extends EventTarget {
  postMessage(message: Asked): void;
  terminate(): void;
}

/**
 * The server as a worker reads it. Where none can be started, or when it has failed, the server is read here as it always
 * can be: its events then begin anew.
 *
 *     worker    w------x      started, failed
 *     wish      ---w----
 *     result    -----a-b-     the worker's answers, then those that were read here
 *
 * @param start starts the worker. Whatever it throws is taken for there being none
 * @param own the server as it is read here
 */
export function readServer(start: () => Reader, own: Server): Server {
  let asked = 0;
  const worker$ = defer(() => {
    const worker = start();
    const failed$ = merge(fromEvent(worker, 'error'), fromEvent(worker, 'messageerror')).pipe(
      take(1),
      map(() => {
        worker.terminate(); // one that has thrown runs on
        return undefined;
      }),
    );
    return merge(of(worker), failed$, NEVER).pipe(finalize(() => { worker.terminate(); }));
  }).pipe(
    catchError(() => merge(of(undefined), NEVER)),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  const read = <T>(wish: Wish, unpack: (value: unknown) => T, own$: Observable<T>): Observable<T> =>
    worker$.pipe(
      map((worker) => (worker === undefined ? own$ : answer$(worker, { id: asked++, wish }).pipe(map(unpack)))),
      switchMap((answer$) => answer$.pipe(materialize())),
      dematerialize(),
    );
  return {
    event$: read({ want: 'events' }, eventOf, own.event$),
    fleet: (wanted: FleetAsked = {}) =>
      read({ want: 'fleet', asked: wanted }, fleetOf, own.fleet(wanted)).pipe(observeOn(asyncScheduler)), // another task than unpacking it
    changes: (wanted) => read({ want: 'changes', asked: wanted }, changesOf, own.changes(wanted)),
    land$: read({ want: 'land' }, (land) => land as Land, own.land$),
  };
}

function eventOf(value: unknown): ServerEvent {
  const event = value as PackedEvent;
  if (event.type !== 'flush') return event;
  const { at, changes, late } = event.flush;
  return { type: 'flush', flush: { at, changes: unpacked(changes), late: unpacked(late) } };
}

function fleetOf(value: unknown): FleetTold {
  const { at, fixes } = value as PackedFleet;
  return { at, fixes: unpacked(fixes) };
}

function changesOf(value: unknown): ChangesTold {
  const { changes, late, isAll } = value as PackedChanges;
  return { changes: unpacked(changes), late: unpacked(late), isAll };
}

/** What a worker answers to a wish; it learns when nothing more is wanted of it. */
const answer$ = (worker: Reader, asked: Asked): Observable<unknown> =>
  merge(
    fromEvent(worker, 'message').pipe(
      map((event) => (event as Event & { readonly data: Told }).data),
      filter(({ id }) => id === asked.id),
      map(notificationOf),
      dematerialize(),
      finalize(() => { worker.postMessage({ id: asked.id, wish: undefined }); }),
    ),
    defer(() => {
      worker.postMessage(asked); // now that its answer is waited for
      return EMPTY;
    }),
  );

function notificationOf(told: Told): ObservableNotification<unknown> {
  switch (told.kind) {
    case 'value':
      return { kind: 'N', value: told.value };
    case 'end':
      return { kind: 'C' };
    case 'failed':
      return { kind: 'E', error: errorOf(told.failure) };
  }
}

function errorOf({ name, message, word }: Failure): Error {
  return name === 'Refused' ? new Refused(word, message) : name === 'Unanswered' ? new Unanswered(message) : new Error(message);
}
