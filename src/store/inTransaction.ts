import type { Queries } from './Database.js';

/** Times are written in one way for the transaction alone, whatever the role or the database has set, as a connection pool wants it. */
const TIMES = "set local timezone to 'UTC'; set local datestyle to 'ISO, YMD'";
const BEGIN = {
  reading: `begin isolation level repeatable read read only; ${TIMES}`,
  writing: `begin isolation level read committed read write; ${TIMES}`,
};

/**
 * Does some work in one transaction of a connection: committed when it resolves, rolled back if it rejects.
 *
 * Passes on what the work rejects with. A rollback that fails, too, is not passed on: the connection is lost then, and
 * the transaction with it.
 */
export async function inTransaction<T>(connection: Queries, kind: keyof typeof BEGIN, work: (queries: Queries) => Promise<T>): Promise<T> {
  await connection.query(BEGIN[kind]);
  let result: T;
  try {
    result = await work(connection);
  } catch (error) {
    await connection.query('rollback').catch(() => undefined); // the error says more
    throw error;
  }
  await connection.query('commit');
  return result;
}
