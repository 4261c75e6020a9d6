// DuckDB in memory, as `npm run bench` installs it for itself.
import { createRequire } from 'node:module';

interface Connection {
  runAndReadAll(sql: string): Promise<{ getRows(): unknown[] }>;
}
interface DuckDb {
  readonly DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection> }> };
}

export async function connect(): Promise<Connection> {
  const require = createRequire(new URL('../../bench/package.json', import.meta.url));
  const { DuckDBInstance } = require('@duckdb/node-api') as DuckDb;
  return (await DuckDBInstance.create(':memory:')).connect();
}
