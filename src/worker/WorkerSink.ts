import type { SchedulerLike } from 'rxjs';
import { FileError } from '../csv/FileError.js';
import type { Instant } from '../domain/instant.js';
import type { Sink } from '../rx/append.js';
import type { Away } from '../store/Away.js';
import type { Committing } from '../store/commitRows.js';
import { commitSafely, type Outcome } from '../store/commitSafely.js';
import { commitSql } from '../store/commitSql.js';
import type { Database } from '../store/Database.js';
import { quoted } from '../store/quoted.js';
import type { StoreRow } from '../store/StoreRow.js';
import { foundIn } from './foundIn.js';
import { gapIn } from './gapIn.js';
import type { Hold } from './Hold.js';
import type { Leases } from './Leases.js';
import type { Load } from './Load.js';
import { LostPartitions } from './LostPartitions.js';
import { movedOn, type Move } from './movedOn.js';
import { isOfUse, sizeOf, type NumberedSource, type Read } from './Read.js';
import type { ReadStream, StreamState } from './ReadStream.js';
import type { Room } from './Room.js';
import { PassingFault } from './PassingFault.js';
import type { Worked } from './Worked.js';
import type { WorkerStore } from './WorkerStore.js';

export interface WorkerSinkOptions {
  readonly stream: ReadStream;
  readonly database: Database;
  /** What to call it. */
  readonly shown: string;
  readonly schema: string;
  readonly store: WorkerStore;
  readonly leases: Leases;
  readonly room: Room;
  readonly worker: string;
  readonly said: (line: string) => void;
  readonly away: Away;
  /** Aborted when nobody waits for the database any more. */
  readonly signal: AbortSignal;
  readonly scheduler: SchedulerLike;
}

const GOES_ON = 'a worker that reads the stream goes on with them';

/**
 * Commits what was read, with the positions that it moves on: what another worker has taken meanwhile is dropped. Holds the ids
 * of all devices that it has had.
 */
export class WorkerSink implements Sink<Load, Worked> {
  readonly #options: WorkerSinkOptions;
  readonly #sql: ReturnType<typeof commitSql>;
  readonly #devices = new Set<string>();

  constructor(options: WorkerSinkOptions) {
    this.#options = options;
    this.#sql = commitSql(quoted(options.schema));
  }

  async commit([load]: readonly [Load]): Promise<Worked> {
    try {
      await this.#verify(load.all);
      return foundIn(await this.#commitOwn(load), this.#devices);
    } finally {
      for (const { hold } of load.all) hold.settled();
      this.#options.room.give(load.all.reduce((sum, read) => sum + sizeOf(read), 0));
    }
  }

  /** Lets go of the partitions. If the database is away, they are free as soon as their leases have run out. */
  async end(): Promise<Worked> {
    const { store, leases } = this.#options;
    try {
      await leases.leave();
    } catch (error) {
      store.failed(error);
    }
    return foundIn([], this.#devices);
  }

  /**
   * Has partitions read anew of which messages went missing while they were read: what came after those is dropped. What was
   * read of a stream that is no longer there, or has lost its end, is as good as ever, and who reads says what has happened.
   */
  async #verify(batch: readonly Read[]): Promise<void> {
    let state: StreamState;
    try {
      state = await this.#options.stream.state();
    } catch (error) {
      if (error instanceof PassingFault || error instanceof FileError) return; // it is verified when reading begins anew
      throw error;
    }
    for (const read of batch) {
      if (!isOfUse(read)) continue; // also one whose partition is read anew since a moment
      const { hold, portion } = read;
      const gap = gapIn(hold.position, state);
      const isOld = gap?.kind === 'anew' && portion.stamp < state.created;
      if (gap && !isOld && gap.kind !== 'cut') hold.again();
    }
  }

  async #commitOwn(load: Load): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    const { leases, database, shown, said, away, signal, scheduler } = this.#options;
    const isKnown = (device: string) => this.#devices.has(device);
    const to = { database, sql: this.#sql, shown, isKnown, said, away, signal, scheduler, goesOn: GOES_ON };
    for (let own = load.ofUse(); own.reads.length > 0; own = load.ofUse()) {
      const moves = movesOf(own.reads);
      try {
        for await (const outcome of commitSafely(this.#committing(own, moves), to)) outcomes.push(outcome);
        for (const { hold, seq, stamp } of moves) hold.position = { ...hold.position, seq, stamp };
        return outcomes;
      } catch (error) {
        if (!(error instanceof LostPartitions)) throw error;
        for (const { hold } of moves) if (error.partitions.includes(hold.partition)) hold.lose();
        leases.lose(error.partitions);
      }
    }
    return outcomes;
  }

  #committing({ reads, grouped }: ReturnType<Load['ofUse']>, moves: readonly Move[]): Committing {
    const { stream, store, worker } = this.#options;
    const portions = reads.map(({ portion }) => portion);
    return {
      rows: grouped.rows,
      grouped,
      rejected: portions.flatMap(({ rejected }) => rejected),
      source: portions[0]!.source,
      position: movedOn(store.sql, stream.name, moves, sourcesOf(reads)),
      placeOf: (row: StoreRow) => {
        const { source, seq, rows, lines } = portions.find(({ rows }) => rows.includes(row))!;
        return { source, seq, line: lines[rows.indexOf(row)]! };
      },
      worker,
    };
  }
}

/** Each source of what was read, once. */
function sourcesOf(reads: readonly Read[]): readonly NumberedSource[] {
  const sources = new Map(reads.flatMap((read) => read.sources).map((source) => [`${source.number} ${source.name}`, source]));
  return [...sources.values()];
}

/** How far the partitions move on. */
function movesOf(reads: readonly Read[]): Move[] {
  const moves = new Map<Hold, Move>();
  for (const { hold, portion: { seq, stamp, until, behind } } of reads)
    moves.set(hold, { hold, seq, stamp, until: later(moves.get(hold)?.until, until), behind });
  return [...moves.values()].sort((a, b) => a.hold.partition - b.hold.partition);
}

function later(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}
