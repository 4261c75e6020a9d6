import {
  catchError,
  concat,
  defer,
  EMPTY,
  exhaustMap,
  filter,
  from,
  ignoreElements,
  map,
  mergeAll,
  mergeMap,
  share,
  takeUntil,
  tap,
  throwError,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs';
import { formatInstant } from '../domain/instant.js';
import { aborted } from '../rx/aborted.js';
import { append } from '../rx/append.js';
import { flush } from '../rx/flush.js';
import { fromAsync } from '../rx/fromAsync.js';
import { monotonic } from '../rx/monotonic.js';
import { Away } from '../store/Away.js';
import type { Database } from '../store/Database.js';
import { Draining } from './Draining.js';
import type { Hold } from './Hold.js';
import { Leases } from './Leases.js';
import { Load } from './Load.js';
import { PassingFault } from './PassingFault.js';
import { PlainRow } from './PlainRow.js';
import { sizeOf, type Read } from './Read.js';
import { readPartition } from './readPartition.js';
import type { ReadStream } from './ReadStream.js';
import { Room } from './Room.js';
import { StreamPatience } from './StreamPatience.js';
import { WorkerSink } from './WorkerSink.js';
import type { Worked } from './Worked.js';
import { WorkerStore } from './WorkerStore.js';

/** Servers of a cluster need some seconds to choose a leader, and to catch up with it, in ms. */
const SETTLES = 10_000;
/** How often leases are renewed, in ms. */
const RENEW = 1000;
/** So many fixes are committed together at most, but for those of the last message, and so many may be under way. */
const [MANY, AHEAD] = [16_384, 32_768];

export interface WorkerOptions {
  readonly stream: ReadStream;
  readonly database: Database;
  /** What to call it. */
  readonly shown: string;
  readonly schema?: string;
  /** A name that no other worker has. */
  readonly worker: string;
  /** Commit at least this often, in ms. Default: 1000. */
  readonly flushEvery?: number;
  /** End when all is committed that is in the stream when it is opened, by whomever. Default: it goes on for ever. */
  readonly drains?: boolean;
  /** Go on where messages are gone that were not read, and note it. Default: that is an error. */
  readonly acceptsGap?: boolean;
  /** For how long the end of a stream has to be gone before it is believed, in ms. Default: 10,000. */
  readonly settles?: number;
  readonly said?: (line: string) => void;
  /** Told each second which partitions it has. */
  readonly renewed?: (holds: readonly Hold[]) => void;
  /** What was read when it emits is committed, and it ends. */
  readonly stop$: Observable<unknown>;
  /** Aborted when nobody waits any more for a database or a stream that is away. */
  readonly signal: AbortSignal;
  readonly scheduler?: SchedulerLike;
}

/**
 * Takes a share of the partitions of a stream, and commits what comes in them: each fix once, and in order, since the
 * position of a partition changes in the transaction of the fixes.
 *
 *     leases ▸ partitions ▸ portions ▸ flush ▸ append ▸ commits
 *
 * Emits what each commit resolves to. Holds 32,768 fixes, one request of messages a partition, and the ids of its devices.
 */
export function worker({
  stream,
  database,
  shown,
  schema = 'lastfix',
  worker,
  flushEvery = 1000,
  drains = false,
  acceptsGap = false,
  settles = SETTLES,
  said = () => undefined,
  renewed = () => undefined,
  stop$,
  signal,
  scheduler = monotonic,
}: WorkerOptions): Observable<Worked> {
  return defer(() => {
    const away = new Away(shown, said);
    const store = new WorkerStore({ database, shown, schema, away, signal, scheduler });
    const patience = new StreamPatience(stream, said, scheduler);
    const leases = new Leases({ database, store, stream: stream.name, partitions: stream.partitions, worker, said });
    const room = new Room(AHEAD);
    const sink = new WorkerSink({ stream, database, shown, schema, store, leases, room, worker, said, away, signal, scheduler });
    const plain = new PlainRow();
    const lost = (partitions: readonly number[]) => { leases.lose(partitions); };
    const reading = { stream, store, patience, plain, acceptsGap, settles, said, lost, scheduler };
    const read$ = (hold: Hold): Observable<Read> =>
      fromAsync(readPartition(hold, reading), () => room.free()).pipe(
        tap((read) => {
          hold.taken();
          room.take(sizeOf(read));
        }),
        takeUntil(aborted(hold.over)),
      );
    const renew = async () => {
      try {
        const taken = await leases.renew();
        away.back();
        renewed(leases.holds);
        return taken;
      } catch (error) {
        store.failed(error);
        return [];
      }
    };
    const opened = async () => {
      const draining = drains ? await Draining.begin(stream, patience, signal, scheduler) : undefined;
      const { created } = await patience.state(signal);
      await store.asking(signal, () => database.query(store.sql.makePartitions, [stream.name, stream.partitions, formatInstant(created)]));
      await store.asking(signal, () => database.query(store.sql.closePartitions, [stream.name, stream.partitions]));
      return draining;
    };
    const isDrained = async (draining: Draining) => {
      try {
        return await draining.isDone((partition) => leases.committed(partition), stream);
      } catch (error) {
        if (error instanceof PassingFault) return false; // who reads says so
        throw error;
      }
    };
    const leave = () => leases.leave().catch(() => undefined); // they run out by themselves
    const reads$ = defer(opened).pipe(
      mergeMap((draining) => {
        const renewed$ = timer(0, RENEW, scheduler).pipe(exhaustMap(renew), share());
        const drained$ = draining ? renewed$.pipe(exhaustMap(() => isDrained(draining)), filter(Boolean)) : EMPTY;
        return renewed$.pipe(mergeAll(), mergeMap(read$), takeUntil(drained$));
      }),
      takeUntil(stop$),
    );
    return reads$.pipe(
      flush({ every: flushEvery, max: MANY, sizeOf, scheduler }),
      map((reads) => [new Load(reads)]), // while the load before is committed
      append(sink),
      catchError((error: unknown) => concat(from(leave()).pipe(ignoreElements()), throwError(() => error))),
    );
  });
}
