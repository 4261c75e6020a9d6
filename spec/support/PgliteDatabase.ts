import { PGlite, types } from '@electric-sql/pglite';
import type { Database, Parameter, Queries, Result, Writing } from '../../src/store/Database.js';
import { inTransaction } from '../../src/store/inTransaction.js';

/** PostgreSQL within this process: one connection, so that transactions take turns. */
export class PgliteDatabase implements Database {
  readonly #pglite: PGlite;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  static async create(): Promise<PgliteDatabase> {
    const text = (value: string) => value;
    return new PgliteDatabase(await PGlite.create({ parsers: { [types.TIMESTAMPTZ]: text, [types.INT8]: Number } }));
  }

  query<Row extends object>(sql: string, parameters?: readonly Parameter[]): Promise<Result<Row>> {
    return this.#next(() => this.#run<Row>(sql, parameters));
  }

  reading<T>(ask: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#next(() => inTransaction(this.#connection, 'reading', ask));
  }

  writing<T>(write: (queries: Writing) => Promise<T>): Promise<T> {
    return this.#next(() => inTransaction(this.#connection, 'writing', write));
  }

  close(): Promise<void> {
    return this.#next(() => this.#pglite.close());
  }

  get #connection(): Queries {
    return { query: (sql, parameters) => this.#run(sql, parameters) };
  }

  async #run<Row extends object>(sql: string, parameters?: readonly Parameter[]): Promise<Result<Row>> {
    if (parameters) {
      const { rows, affectedRows = 0 } = await this.#pglite.query<Row>(sql, [...parameters]);
      return { rows, affected: affectedRows };
    }
    const { rows, affectedRows = 0 } = (await this.#pglite.exec(sql)).at(-1)!;
    return { rows: rows as Row[], affected: affectedRows };
  }

  /** Does something when what was asked for before is done, however that ended. */
  #next<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work, work);
    this.#turn = next;
    return next;
  }
}
