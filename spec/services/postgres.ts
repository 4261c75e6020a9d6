import { PostgresServer } from '../support/PostgresServer.js';

let server: PostgresServer | undefined;
let users = 0;

/** A server of PostgreSQL for the examples of a `describe`: it is started for the first, and taken away after the last. */
export function postgres(): () => PostgresServer {
  users++;
  before(async () => (server ??= await PostgresServer.start()));
  after(() => {
    if (--users === 0) remove();
  });
  return () => server!;
}

function remove(): void {
  server?.remove();
  server = undefined;
}

process.once('exit', remove); // where some did not run
