import { Socket } from 'node:net';
import { userInfo } from 'node:os';
import { env } from 'node:process';
import type { ConnectionOptions } from 'node:tls';
import type { PoolConfig } from 'pg';
import type { Database } from './Database.js';
import { explained } from './explained.js';
import { stateOf } from './faultOf.js';
import { PgDatabase } from './PgDatabase.js';
import { sslModeOf, type StoreUrl } from './storeUrl.js';
import { sslOf } from './sslOf.js';

const DEFAULT_PORT = 5432;
/** How long a server may take to answer a new connection, in ms, and after how many an idle one is looked after. */
const [CONNECT_MILLIS, KEEP_ALIVE_MILLIS] = [10_000, 10_000];

export interface OpenDatabaseOptions {
  /** How many connections it has at most. Default: 4. */
  readonly connections?: number;
  /** Whether statements are planned once a connection, which only those may be that are safe to do again. Default: false. */
  readonly prepares?: boolean;
}

/**
 * Connects to the database that a URL names. What the URL leaves out, the variables `PG*` say, and a password `~/.pgpass`.
 * The driver is loaded here.
 *
 * @throws StoreError if it cannot be reached or does not let one in, FileError if a certificate cannot be read
 */
export async function openDatabase(url: StoreUrl, { connections = 4, prepares = false }: OpenDatabaseOptions = {}): Promise<Database> {
  const { default: pg } = await import('pg');
  const { default: pgpass } = await import('pgpass');
  const { host, port, password, shown } = url;
  const user = url.user ?? env['PGUSER'] ?? userInfo().username;
  const database = url.database ?? env['PGDATABASE'] ?? user;
  const shared: PoolConfig = {
    host,
    port,
    user,
    password:
      password ??
      env['PGPASSWORD'] ??
      (() =>
        new Promise((resolve) => {
          const place = { host: host ?? env['PGHOST'] ?? 'localhost', port: port ?? Number(env['PGPORT'] ?? DEFAULT_PORT) };
          pgpass({ ...place, database, user }, (found) => { resolve(found!); }); // without one, the server says what it wants
        })),
    database,
    max: connections,
    pipeline: !prepares, // a name that a server refuses would fail all that was sent after it
    application_name: 'lastfix',
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MILLIS,
  };
  let failure: unknown;
  for (const ssl of waysOf(url)) {
    const sockets = new Set<Socket>();
    const stream = () => {
      const socket = new Socket();
      sockets.add(socket);
      return socket.on('close', () => sockets.delete(socket));
    };
    const pool = new pg.Pool({ ...shared, ssl: ssl ?? false, connectionTimeoutMillis: CONNECT_MILLIS, stream });
    const tried = new PgDatabase(pool, pg.types.getTypeParser, { prepares, sockets });
    try {
      await tried.query('select');
      return tried;
    } catch (error) {
      await tried.close();
      failure = failure !== undefined && isWithoutTls(error) ? failure : error;
      if (!isOfTheWay(error)) break;
    }
  }
  throw explained(failure, shown);
}

/** With TLS or without it: the ways to be tried, one after the other. */
function waysOf(url: StoreUrl): readonly (ConnectionOptions | undefined)[] {
  const files = {
    sslRootCert: url.sslRootCert ?? env['PGSSLROOTCERT'],
    sslCert: url.sslCert ?? env['PGSSLCERT'],
    sslKey: url.sslKey ?? env['PGSSLKEY'],
  };
  const isSocket = (url.host ?? env['PGHOST'] ?? '').startsWith('/');
  const mode = isSocket ? 'disable' : (url.sslMode ?? sslModeOf(env['PGSSLMODE'], 'PGSSLMODE=') ?? 'prefer');
  if (mode === 'prefer') return [sslOf(mode, files), undefined];
  return mode === 'allow' ? [undefined, sslOf(mode, files)] : [sslOf(mode, files)];
}

/** Whether the server may let one in by the other way. */
function isOfTheWay(error: unknown): boolean {
  return stateOf(error) === '28000' || isWithoutTls(error);
}

function isWithoutTls(error: unknown): boolean {
  return (error as Error).message === 'The server does not support SSL connections';
}
