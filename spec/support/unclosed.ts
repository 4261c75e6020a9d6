import type { Database } from '../../src/store/Database.js';

/** A database that others use, too, so that it stays open. */
export function unclosed(database: Database): Database {
  return {
    query: (sql, parameters) => database.query(sql, parameters),
    reading: (ask) => database.reading(ask),
    writing: (write) => database.writing(write),
    close: () => Promise.resolve(),
  };
}
