import { PostgresServer } from '../support/PostgresServer.js';

let server: PostgresServer | undefined;

/** A server of PostgreSQL for the examples of a `describe`: it is started once, and taken away when all have ended. */
export function postgres(): () => PostgresServer {
  before(async () => (server ??= await PostgresServer.start()));
  return () => server!;
}

after(() => {
  server?.remove();
});
