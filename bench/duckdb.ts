// Baseline: DuckDB answers a question over CSV files, as a process of its own. Installed by `npm run bench` for itself.
import { createRequire } from 'node:module';

interface DuckDb {
  readonly DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<{ runAndReadAll(sql: string): Promise<{ getRows(): unknown[] }> }> }> };
}

const require = createRequire(new URL('../../bench/package.json', import.meta.url));
const { DuckDBInstance } = require('@duckdb/node-api') as DuckDb;
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const rows = (await connection.runAndReadAll(process.argv[2]!)).getRows();
process.stdout.write(String(rows.length));
