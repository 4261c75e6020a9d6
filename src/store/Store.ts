import type { SchedulerLike } from 'rxjs';
import type { Commit } from '../domain/commit.js';
import type { Rejected } from '../domain/fix.js';
import type { FixBatch } from '../domain/FixBatch.js';
import type { Verdict } from '../domain/latest.js';
import { PLACES } from '../domain/PLACES.js';
import type { Sink } from '../rx/append.js';
import type { Committing } from './commitRows.js';
import { commitSafely, type Outcome } from './commitSafely.js';
import { commitSql } from './commitSql.js';
import type { Database } from './Database.js';
import { GroupedRows } from './GroupedRows.js';
import { quoted } from './quoted.js';
import type { RejectedRow } from './RejectedRow.js';
import { rowsOf } from './rowsOf.js';
import type { StoreRow } from './StoreRow.js';
import { OneByOne } from './OneByOne.js';

export interface Opened {
  readonly database: Database;
  /** What to call it. */
  readonly shown: string;
  readonly schema: string;
  /** The names of the extra columns. */
  readonly extra: readonly string[];
  /** The number of the source, and how many of its fixes are there already and are not sent. */
  readonly source: number;
  readonly start: number;
  /** Whether the source can never be played again. */
  readonly isOnce: boolean;
  readonly worker: string;
  readonly said: (line: string) => void;
  readonly signal: AbortSignal | undefined;
  readonly scheduler: SchedulerLike;
}

/** What is committed in one go, beside the rejected rows that wait. */
interface OneCommit {
  readonly grouped?: GroupedRows | undefined;
  /** Whether it is the last. Default: no. */
  readonly isEnd?: boolean;
  /** Called when all that is left of it is to wait. */
  readonly waits?: () => void;
}

/**
 * A database as the end of one run, open for its fixes in the order of their source.
 *
 * What has been committed is seen by all, and survives whatever the database survives. Rows that are not fixes are written
 * with the next fixes, in one transaction. Holds the ids of all devices that it has had.
 */
export class Store implements Sink<GroupedRows, Commit> {
  readonly #opened: Opened;
  readonly #sql: ReturnType<typeof commitSql>;
  readonly #devices = new Set<string>();
  readonly #oneByOne = new OneByOne();
  #rejected: RejectedRow[] = [];
  #rejectedBefore = 0;
  /** The places of the next fix that is taken, and of the next that is committed. */
  #taken: number;
  #committed: number;
  #failed = false;
  #ended = false;

  constructor(opened: Opened) {
    this.#opened = opened;
    this.#sql = commitSql(quoted(opened.schema));
    this.#taken = this.#committed = opened.start;
  }

  /** How many fixes of its source were there already when it was opened: it is to be given those that come after them. */
  get start(): number {
    return this.#opened.start;
  }

  /** Takes rows that are not fixes, to be written with the next commit. */
  reject(rejected: readonly Rejected[]): void {
    for (const { line, reason, record } of rejected) this.#rejected.push({ seq: this.#rejectedBefore++, line, reason, record });
  }

  /** The rows of the next fixes, to be committed. */
  take(batch: FixBatch): StoreRow[] {
    const { source, extra } = this.#opened;
    const rows = rowsOf(batch, extra, source * PLACES + this.#taken);
    this.#taken += rows.length;
    return rows;
  }

  /** Can be given the next batch while one is being committed. */
  commit(batch: readonly GroupedRows[]): Promise<Commit> {
    const grouped = batch.length === 1 ? batch[0] : new GroupedRows(batch.flatMap(({ rows }) => rows));
    return this.#oneByOne.take((waits) => this.#commit({ grouped, waits }));
  }

  /** Writes the rejected rows that came after the last fix, and notes that all of the source is there. */
  end(): Promise<Commit> {
    this.#ended = true;
    return this.#commit({ isEnd: true });
  }

  /**
   * Writes the rejected rows that wait, unless something failed before, and lets go of the database. A source that can never
   * be played again has ended then.
   */
  async close(): Promise<void> {
    try {
      const isEnd = this.#opened.isOnce && !this.#ended;
      if (!this.#failed && (this.#rejected.length > 0 || isEnd)) await this.#commit({ isEnd });
    } finally {
      await this.#opened.database.close();
    }
  }

  async #commit({ grouped, isEnd = false, waits }: OneCommit): Promise<Commit> {
    const { source, worker, database, shown, said, signal, scheduler } = this.#opened;
    const rows = grouped?.rows ?? [];
    const from = this.#committed;
    this.#committed += rows.length;
    const rejected = this.#rejected;
    this.#rejected = [];
    const committing: Committing = { rows, grouped, rejected, source, places: { from, to: this.#committed }, isEnd, worker };
    const isKnown = (device: string) => this.#devices.has(device);
    const outcomes: Outcome[] = [];
    try {
      const safely = commitSafely(committing, { database, sql: this.#sql, shown, isKnown, said, waits, signal, scheduler });
      for await (const outcome of safely) outcomes.push(outcome);
    } catch (error) {
      this.#failed = true;
      throw error;
    }
    for (const { merged } of outcomes) for (const { device } of merged.merges) this.#devices.add(device);
    return this.#told(rows.length, outcomes);
  }

  #told(settled: number, outcomes: readonly Outcome[]): Commit {
    const merges = outcomes.flatMap(({ merged }) => merged.merges);
    const added = merges.flatMap(({ added }) => added);
    const changes = added.filter(({ verdict }) => verdict === 'change');
    const counts: Record<Verdict, number> = { change: 0, late: 0, duplicate: 0, conflict: 0 };
    for (const { verdict } of added) counts[verdict]++;
    for (const { committed, merged } of outcomes) this.#takeBack(committed, merged.merges.flatMap(({ corrected }) => corrected), counts);
    return {
      settled,
      written: changes.length,
      due: Float64Array.from(changes.map(({ row }) => row.due ?? NaN).filter((due) => due > -Infinity)),
      found: {
        verdicts: counts,
        known: merges.reduce((sum, { known }) => sum + known, 0),
        refused: outcomes.reduce((sum, { refused }) => sum + refused, 0),
        corrected: merges.reduce((sum, { corrected }) => sum + corrected.length, 0),
        devices: this.#devices.size,
      },
    };
  }

  /** Takes back verdicts that were counted: of fixes of this run, which were committed before. */
  #takeBack({ places = { from: 0, to: 0 } }: Committing, corrected: Outcome['merged']['merges'][number]['corrected'], counts: Record<Verdict, number>): void {
    const { source, start } = this.#opened;
    const [first, end] = [source * PLACES + start, source * PLACES + places.from];
    for (const { row, verdict } of corrected) {
      if (row.seq < first || row.seq >= end) continue;
      counts[row.verdict]--;
      counts[verdict]++;
    }
  }
}
