import type { Socket } from 'node:net';
import type { CustomTypesConfig, Pool, PoolClient, QueryResult } from 'pg';
import type { Database, Parameter, Queries, Result, Writing } from './Database.js';
import { faultOf, stateOf } from './faultOf.js';
import { inTransaction } from './inTransaction.js';

/** What reads a value, by the number of its type. */
type Parsers = (oid: number, format?: 'text') => (text: string) => unknown;

const [INT8, TIMESTAMPTZ] = [20, 1184];
/** Invalid and duplicate name of a prepared statement: a pool before the server has given another of its connections. */
const UNPREPARED = ['26000', '42P05'];

export interface PgDatabaseOptions {
  /** Whether each statement with parameters is planned once a connection; only for those that are safe to do again. */
  readonly prepares: boolean;
  /** Those of its connections, open or not yet. */
  readonly sockets: ReadonlySet<Socket>;
}

/** A server of PostgreSQL. A connection that is lost fails what was asked by it; what is asked next gets another. */
export class PgDatabase implements Database {
  readonly #pool: Pool;
  readonly #sockets: ReadonlySet<Socket>;
  readonly #types: CustomTypesConfig;
  /** The names of the statements that are prepared, by their texts; `undefined` if none are. */
  #names: Map<string, string> | undefined;

  constructor(pool: Pool, parsers: Parsers, { prepares, sockets }: PgDatabaseOptions) {
    this.#pool = pool;
    this.#sockets = sockets;
    this.#names = prepares ? new Map() : undefined;
    pool.on('error', () => undefined); // of a connection that nobody uses: the next who wants one gets another
    const own: Parsers = (oid, format) => (oid === TIMESTAMPTZ ? (text) => text : oid === INT8 ? Number : parsers(oid, format));
    this.#types = { getTypeParser: own as CustomTypesConfig['getTypeParser'] };
  }

  query<Row extends object>(sql: string, parameters?: readonly Parameter[]): Promise<Result<Row>> {
    return this.#connected((connection) => connection.query(sql, parameters));
  }

  reading<T>(ask: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#connected((connection) => inTransaction(connection, 'reading', ask));
  }

  writing<T>(write: (queries: Writing) => Promise<T>): Promise<T> {
    return this.#connected((connection) => inTransaction(connection, 'writing', write));
  }

  async close(): Promise<void> {
    await this.#pool.end();
    for (const socket of this.#sockets) socket.destroy(); // a server waits a minute for one that has no password
  }

  async #connected<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    const prepares = this.#names !== undefined;
    let lost: Error | undefined;
    const lose = (error: Error) => (lost ??= error);
    client.on('error', lose); // a connection that is lost between two statements says why here, and the next one fails
    try {
      return await work({ query: (sql, parameters) => this.#run(client, sql, parameters) });
    } catch (failure) {
      const error = lost && stateOf(failure) === undefined ? lost : failure;
      if (!prepares || !UNPREPARED.includes(stateOf(error) ?? '')) {
        if (faultOf(error) === 'unreachable') lost ??= error as Error; // what it is set to may be why
        throw error;
      }
      this.#names = undefined;
    } finally {
      client.off('error', lose);
      client.release(lost !== undefined);
    }
    return this.#connected(work);
  }

  async #run<Row extends object>(client: PoolClient, text: string, parameters?: readonly Parameter[]): Promise<Result<Row>> {
    const name = parameters && this.#nameOf(text);
    const query = { text, values: [...(parameters ?? [])], types: this.#types, ...(name !== undefined && { name }) };
    const all = (await client.query(query)) as QueryResult<Row> | QueryResult<Row>[];
    const { rows, command, rowCount } = Array.isArray(all) ? all.at(-1)! : all;
    return { rows, affected: command === 'SELECT' ? 0 : (rowCount ?? 0) };
  }

  #nameOf(text: string): string | undefined {
    if (!this.#names) return undefined;
    const name = this.#names.get(text) ?? `lastfix_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}
