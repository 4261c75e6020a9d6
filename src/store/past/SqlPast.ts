import type { Appended, Cursor } from '../../domain/Appended.js';
import { finish, type Steps } from '../../domain/finish.js';
import type { Grid } from '../../domain/Grid.js';
import type { Histogram, HistogramSpan } from '../../domain/Histogram.js';
import type { Answer, Extent, FixesOptions, FixesPage, Fleet, Moment, Past, Span, TrackOptions, TrackPage } from '../../domain/Past.js';
import { Mutex } from '../../rx/Mutex.js';
import type { Turns } from '../../rx/Turns.js';
import { agedRows } from './agedRows.js';
import { appendedIn } from './appendedIn.js';
import { askFirst } from './askFirst.js';
import { askNewest } from './askNewest.js';
import { askNewestOfAll } from './askNewestOfAll.js';
import type { Database, Queries } from '../Database.js';
import { Histograms } from './Histograms.js';
import { isStorable } from './isStorable.js';
import { lateIn } from './lateIn.js';
import { quoted } from '../quoted.js';
import type { StoreStatus } from '../status/StoreStatus.js';
import { readStatus } from '../status/readStatus.js';
import { stateOf } from './stateOf.js';
import { formatStoreCursor, parseStoreCursor } from './StoreCursor.js';
import { storeFixes } from './storeFixes.js';
import { storeTrack } from './storeTrack.js';

export interface SqlPastOptions {
  /** The schema of the store. Default: `lastfix`. */
  readonly schema?: string | undefined;
  /** Lets questions take turns with other work. Default: each is answered at once. */
  readonly turns?: Turns | undefined;
}

/**
 * A store in PostgreSQL as a `Past`. Each question is one statement, or several in one transaction that sees one state; a
 * track is read in several, each of the rows of the state that the first has seen. Holds the answer, and what `Histograms` does.
 *
 * Rejects with what the database does.
 */
export class SqlPast implements Past {
  readonly #database: Database;
  readonly #schema: string;
  readonly #turns: Turns | undefined;
  readonly #histograms: Histograms;
  readonly #late = new Mutex();

  /** @param database which it closes */
  constructor(database: Database, { schema = 'lastfix', turns }: SqlPastOptions = {}) {
    this.#database = database;
    this.#schema = quoted(schema);
    this.#turns = turns;
    this.#histograms = new Histograms(database, this.#schema);
  }

  async newest(device: string, moment: Moment = {}, signal?: AbortSignal): Promise<Answer> {
    if (!isStorable(device)) return { known: 'nothing' };
    return unlessAborted(signal, () => askNewest(this.#database, this.#schema, device, moment));
  }

  async newestOfAll(moment: Moment = {}, { only, signal }: Parameters<Past['newestOfAll']>[1] = {}): Promise<Fleet> {
    const which = only === undefined || isStorable(only) ? only : ''; // no device has the empty id
    const newest = await this.#inOneState(signal, (queries) => askNewestOfAll(queries, this.#schema, moment, which));
    const { at, knownAt = Infinity } = moment;
    const { last } = newest.state;
    const asked = at ?? (last === null ? undefined : Math.min(last, knownAt));
    return { asked, fixes: await this.#finish(agedRows(newest, moment), signal), cursor: formatStoreCursor(newest.state) };
  }

  async devices(signal?: AbortSignal): Promise<Set<string>> {
    const sql = `select device_id from ${this.#schema}.devices`;
    const { rows } = await unlessAborted(signal, () => this.#database.query<{ readonly device_id: string }>(sql));
    return new Set(rows.map(({ device_id }) => device_id));
  }

  async first(device: string, signal?: AbortSignal): ReturnType<Past['first']> {
    if (!isStorable(device)) return undefined;
    return unlessAborted(signal, () => askFirst(this.#database, this.#schema, device));
  }

  async *track(device: string, span: Span, options: TrackOptions = {}): AsyncGenerator<TrackPage, void, undefined> {
    yield* storeTrack(this.#database, this.#schema, { ...options, device: isStorable(device) ? device : '', span });
  }

  async fixes(span: Span, { signal, ...options }: FixesOptions = {}): Promise<FixesPage> {
    return this.#inOneState(signal, (queries) => storeFixes(queries, this.#schema, span, options));
  }

  async extent(signal?: AbortSignal): Promise<Extent> {
    const state = await unlessAborted(signal, () => stateOf(this.#database, this.#schema));
    const { first, last, final_until: until, fixes, changes, late, duplicate, conflict } = state;
    const [start, end, finalUntil] = [first ?? undefined, last ?? undefined, until ?? undefined];
    const verdicts = { change: changes, late, duplicate, conflict };
    return { start, end, finalUntil, rows: fixes, changes, verdicts, cursor: formatStoreCursor(state) };
  }

  /** How it is: what it has, who feeds it, and how far that is behind. */
  status(signal?: AbortSignal): Promise<StoreStatus> {
    return unlessAborted(signal, () => readStatus(this.#database, this.#schema));
  }

  async histogram(span: HistogramSpan, bins: number, signal?: AbortSignal): Promise<Histogram> {
    return unlessAborted(signal, () => this.#histograms.ask(span, bins, signal));
  }

  /**
   * How many late fixes there are within a span in each cell of a grid. One question is answered at a time, since each reads
   * them all: one whose map has moved on by then is left out.
   */
  async late(span: Span, grid: Grid, signal?: AbortSignal): Promise<Uint32Array> {
    return this.#late.run(() => lateIn(this.#database, this.#schema, span, grid), signal);
  }

  async appendedAfter(cursor: Cursor, upTo?: Cursor): Promise<Appended | undefined> {
    return appendedIn(this.#database, this.#schema, cursor, upTo);
  }

  isCursor(text: string): boolean {
    return parseStoreCursor(text) !== undefined;
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  #inOneState<T>(signal: AbortSignal | undefined, ask: (queries: Queries) => Promise<T>): Promise<T> {
    return unlessAborted(signal, () => this.#database.reading(ask));
  }

  #finish<T>(steps: Steps<T>, signal: AbortSignal | undefined): T | Promise<T> {
    return this.#turns ? this.#turns.finish(steps, signal) : finish(steps);
  }
}

async function unlessAborted<T>(signal: AbortSignal | undefined, ask: () => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  const answer = await ask();
  signal?.throwIfAborted();
  return answer;
}
