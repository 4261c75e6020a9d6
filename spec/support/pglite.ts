import type { Database } from '../../src/store/Database.js';
import { PgliteDatabase } from './PgliteDatabase.js';

/** It starts once in a process, which takes some seconds. */
let started: Promise<PgliteDatabase> | undefined;

/** PostgreSQL within this process for the examples of a `describe`: before each it has nothing but its catalogue, and no settings. */
export function pglite(): () => Database {
  let database: PgliteDatabase;
  before(async function () {
    this.timeout(300_000);
    database = await (started ??= PgliteDatabase.create());
  });
  afterEach(async () => {
    const { rows } = await database.query<{ name: string }>(
      "reset all; select quote_ident(nspname) as name from pg_namespace where nspname !~ '^(pg_|information_schema)'",
    );
    for (const { name } of rows) await database.query(`drop schema ${name} cascade`);
    await database.query('create schema public');
  });
  return () => database;
}
