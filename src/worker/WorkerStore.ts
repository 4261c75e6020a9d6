import type { SchedulerLike } from 'rxjs';
import { FileError } from '../csv/FileError.js';
import { addColumns } from '../store/addColumns.js';
import type { Away } from '../store/Away.js';
import type { Database, Queries } from '../store/Database.js';
import { explained } from '../store/explained.js';
import { faultOf } from '../store/faultOf.js';
import { SOURCES } from '../store/openStore.js';
import { quoted } from '../store/quoted.js';
import { StoreError } from '../store/StoreError.js';
import { patiently } from '../rx/patiently.js';
import { workerSql } from './workerSql.js';

export interface WorkerStoreOptions {
  readonly database: Database;
  /** What to call it. */
  readonly shown: string;
  readonly schema: string;
  readonly away: Away;
  /** Aborted when nobody waits for the database any more. */
  readonly signal: AbortSignal;
  readonly scheduler: SchedulerLike;
}

/**
 * A store as a worker uses it beside its commits. While the database is away, everything waits for it. Holds the names that it
 * has asked for.
 */
export class WorkerStore {
  readonly sql: ReturnType<typeof workerSql>;
  readonly #options: WorkerStoreOptions;
  readonly #sources = new Map<string, Promise<number>>();
  readonly #columns = new Set<string>();

  constructor(options: WorkerStoreOptions) {
    this.#options = options;
    this.sql = workerSql(quoted(options.schema));
  }

  /** Does something in a transaction, again until the database is there. @throws StoreError if only a person can do something about it */
  writing<T>(signal: AbortSignal, write: (queries: Queries) => Promise<T>): Promise<T> {
    const { database } = this.#options;
    return this.asking(signal, () => database.writing(write));
  }

  /** Does something that asks the database, again until that is there. @throws as `writing` */
  asking<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const { away, scheduler } = this.#options;
    return patiently(work, { failed: (error) => { this.failed(error); }, done: () => { away.back(); }, signal, scheduler });
  }

  /** Notes an error that is to be waited out. @throws it if it is another */
  failed(error: unknown): void {
    if (error instanceof FileError) throw error;
    const fault = faultOf(error);
    if (fault === 'own') throw error;
    if (fault === 'fatal' || fault === 'row') throw explained(error, this.#options.shown);
    if (fault !== 'unreachable') return;
    this.forget();
    this.#options.away.lost(error);
  }

  /** The number of a source, which is new or not, and comes through a stream. */
  sourceOf(name: string): Promise<number> {
    const known = this.#sources.get(name);
    if (known) return known;
    const asked = this.#numberOf(name);
    this.#sources.set(name, asked);
    asked.catch(() => this.#sources.delete(name)); // who asked is told
    return asked;
  }

  /** Notes the names of columns that the store has not had. */
  async addColumns(names: readonly string[]): Promise<void> {
    const more = names.filter((name) => !this.#columns.has(name));
    if (more.length === 0) return;
    const { database, schema, signal } = this.#options;
    await this.asking(signal, () => addColumns(database, quoted(schema), more));
    for (const name of more) this.#columns.add(name);
  }

  /** Asks for all names anew: the store was restored, perhaps. */
  forget(): void {
    this.#sources.clear();
    this.#columns.clear();
  }

  async #numberOf(name: string): Promise<number> {
    const { database, shown, signal } = this.#options;
    const table = `${quoted(this.#options.schema)}.sources`;
    const number = await this.asking(signal, async () => {
      const find = async () => (await database.query<{ source: number }>(`select source from ${table} where name = $1`, [name])).rows[0]?.source;
      const found = await find();
      if (found !== undefined) return found;
      await database.query(`insert into ${table} (name) values ($1) on conflict do nothing`, [name]);
      return (await find())!;
    });
    if (number > SOURCES)
      throw new StoreError(`${shown} has taken ${SOURCES} recordings, which is the most a schema can have: name another with ?schema=NAME`);
    return number;
  }
}
