import type { Database, Parameter, Queries, Result } from '../Database.js';
import { explained } from '../explained.js';
import { faultOf } from '../faultOf.js';

/**
 * A database that is only asked: what was asked by a connection that was lost is asked once more by another, and what the
 * database fails with is a StoreError, which says of which one.
 */
export class ReadDatabase implements Database {
  readonly #database: Database;
  readonly #shown: string;
  readonly #onStatement: () => void;

  /**
   * @param shown what to call it: no password is in it
   * @param onStatement called with each statement that is asked
   */
  constructor(database: Database, shown: string, onStatement: () => void = () => undefined) {
    this.#database = database;
    this.#shown = shown;
    this.#onStatement = onStatement;
  }

  query<Row extends object>(sql: string, parameters?: readonly Parameter[]): Promise<Result<Row>> {
    return this.#twice(() => this.#counted(this.#database).query(sql, parameters));
  }

  reading<T>(ask: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#twice(() => this.#database.reading((queries) => ask(this.#counted(queries))));
  }

  writing<T>(): Promise<T> {
    return Promise.reject(new TypeError('a database that is only asked does not write'));
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  #counted(queries: Queries): Queries {
    return {
      query: (sql, parameters) => {
        this.#onStatement();
        return queries.query(sql, parameters);
      },
    };
  }

  async #twice<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask().catch((error: unknown) => {
        if (!['again', 'unreachable'].includes(faultOf(error))) throw error;
        return ask();
      });
    } catch (error) {
      throw faultOf(error) === 'own' ? error : explained(error, this.#shown);
    }
  }
}
