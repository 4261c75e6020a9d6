import { shown } from '../domain/shown.js';
import { StoreError } from './StoreError.js';

/** How a connection is kept from others (PostgreSQL's documentation, 34.19.2): as its own programs understand it. */
const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof SSL_MODES)[number];

/** What a URL says of a database: what it leaves out, the variables `PG*` say, or else what they mean by default. */
export interface StoreUrl {
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  readonly sslMode: SslMode | undefined;
  /** Files. */
  readonly sslRootCert: string | undefined;
  readonly sslCert: string | undefined;
  readonly sslKey: string | undefined;
  readonly schema: string;
  /** What to call it: without the user and the password. */
  readonly shown: string;
}

const SCHEME = /^postgres(?:ql)?:\/\//i;
const PARAMETERS = ['host', 'port', 'user', 'password', 'dbname', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'schema'];
/** PostgreSQL cuts longer names. */
const LONGEST_NAME = 63;
const DEFAULT_SCHEMA = 'lastfix';

/** Whether the place of a log is a database. */
export function isStoreUrl(text: string): boolean {
  return SCHEME.test(text);
}

/**
 * Reads the URL of a database: `postgres://user:password@host:port/database?sslmode=require&schema=lastfix`, of which any
 * part may be left out, as PostgreSQL's own programs read it.
 *
 * @throws StoreError if it is not one; no password is in its message
 */
export function storeUrl(text: string): StoreUrl {
  const url = parsed(text);
  const parameters = url.searchParams;
  for (const name of parameters.keys())
    if (!PARAMETERS.includes(name)) throw new StoreError(`the URL of the store has no parameter ${shown(name)}: give ${PARAMETERS.join(', ')}`);
  const given = (name: string, part: string) => parameters.get(name) ?? (part === '' ? undefined : decoded(part));
  const host = given('host', url.hostname.replace(/^\[(.*)\]$/, '$1'));
  const port = given('port', url.port);
  const database = given('dbname', url.pathname.slice(1));
  const schema = parameters.get('schema') ?? DEFAULT_SCHEMA;
  if (schema === '' || Buffer.byteLength(schema) > LONGEST_NAME || schema.startsWith('pg_'))
    throw new StoreError(`schema=${shown(schema)} is not a valid name for a schema: give 1 to ${LONGEST_NAME} bytes that do not begin with pg_`);
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65536))
    throw new StoreError(`port=${shown(port)} is not a port: give a number from 1 to 65535`);
  const place = host?.startsWith('/') ? `/${database ?? ''}?host=${host}` : `${host ?? ''}${port === undefined ? '' : `:${port}`}/${database ?? ''}`;
  return {
    host,
    port: port === undefined ? undefined : Number(port),
    user: given('user', url.username),
    password: given('password', url.password),
    database,
    sslMode: sslModeOf(parameters.get('sslmode') ?? undefined, 'sslmode='),
    sslRootCert: parameters.get('sslrootcert') ?? undefined,
    sslCert: parameters.get('sslcert') ?? undefined,
    sslKey: parameters.get('sslkey') ?? undefined,
    schema,
    shown: `postgres://${place}${schema === DEFAULT_SCHEMA ? '' : `${place.includes('?') ? '&' : '?'}schema=${schema}`}`,
  };
}

/** One of the modes, by its name. @throws StoreError if there is none of that name */
export function sslModeOf(name: string | undefined, what: string): SslMode | undefined {
  if (name === undefined || (SSL_MODES as readonly string[]).includes(name)) return name as SslMode | undefined;
  throw new StoreError(`${what}${shown(name)} is not one of ${SSL_MODES.join(', ')}`);
}

function parsed(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new StoreError('the URL of the store is not valid: write it like postgres://user@host:5432/database; special characters like %40');
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new StoreError('the URL of the store has a % that does not begin the code of a character: write it as %25');
  }
}
