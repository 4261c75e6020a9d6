import type { Database, Parameter } from '../src/store/Database.js';

/** A database that has each statement explained: how many pages it looked at. */
export class CountingPages implements Database {
  /** The most of a statement. */
  most = 0;
  constructor(private readonly database: Database) {}

  async query<Row extends object>(sql: string, parameters: readonly Parameter[] = []) {
    const { rows } = await this.database.query<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
      `explain (analyze, buffers, format json) ${sql}`,
      parameters,
    );
    const { Plan: plan } = rows[0]!['QUERY PLAN'][0];
    this.most = Math.max(this.most, plan['Shared Hit Blocks']! + plan['Shared Read Blocks']!);
    return this.database.query<Row>(sql, parameters);
  }

  reading<T>(): Promise<T> {
    return Promise.reject(new Error('not asked here'));
  }

  writing<T>(): Promise<T> {
    return Promise.reject(new Error('not asked here'));
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
