import type { Database } from '../../src/store/Database.js';
import { openDatabase } from '../../src/store/openDatabase.js';
import { storeUrl } from '../../src/store/storeUrl.js';
import { postgres } from './postgres.js';

let databases = 0;

/** A database of a server of PostgreSQL. */
export interface Own {
  readonly url: string;
  readonly database: Database;
}

/** A database for the examples of a `describe`, which is empty before the first. */
export function ownDatabase(): () => Own {
  let own: Own;
  after(() => own.database.close()); // before the server goes
  const server = postgres();
  before(async () => {
    const name = `lastfix_${++databases}`;
    const maker = await openDatabase(storeUrl(server().url()), { connections: 1 });
    await maker.query(`create database ${name}`);
    await maker.close();
    const url = server().url(name);
    own = { url, database: await openDatabase(storeUrl(url)) };
  });
  return () => own;
}
