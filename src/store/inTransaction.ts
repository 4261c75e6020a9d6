import type { Queries, Writing } from './Database.js';

/** Times are written in one way for the transaction alone, whatever the role or the database has set, as a connection pool wants it. */
const TIMES = "set local timezone to 'UTC'; set local datestyle to 'ISO, YMD'";
/** A writer that stands still amid a transaction holds locks that all others wait for: it is ended then. */
const IDLE = "set local idle_in_transaction_session_timeout to '5s'";
const BEGIN = {
  reading: `begin isolation level repeatable read read only; ${TIMES}`,
  writing: `begin isolation level read committed read write; ${TIMES}; ${IDLE}`,
};

/**
 * Does some work in one transaction of a connection: committed when it resolves, rolled back if it rejects. What it has
 * only sent is committed with the rest, and not waited for until then.
 *
 * Passes on what the work rejects with, or what the first of the sent statements did: those after it fail because of it.
 * A rollback that fails, too, is not passed on: the connection is lost then, and the transaction with it.
 */
export async function inTransaction<T>(connection: Queries, kind: keyof typeof BEGIN, work: (queries: Writing) => Promise<T>): Promise<T> {
  await connection.query(BEGIN[kind]);
  const sent: Promise<unknown>[] = [];
  try {
    const result = await work({
      query: (sql, parameters) => connection.query(sql, parameters),
      send: (sql, parameters) => {
        const answer = connection.query(sql, parameters);
        answer.catch(() => undefined); // it is looked at below
        sent.push(answer);
      },
    });
    await Promise.all([...sent, connection.query('commit')]);
    return result;
  } catch (error) {
    const first = (await Promise.allSettled(sent)).find(({ status }) => status === 'rejected');
    await connection.query('rollback').catch(() => undefined); // the error says more
    throw first ? (first as PromiseRejectedResult).reason : error;
  }
}
