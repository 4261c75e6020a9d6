import { randomUUID } from 'node:crypto';
import type { Database, Queries } from './Database.js';
import { explained } from './explained.js';
import { faultOf } from './faultOf.js';
import { quoted } from './quoted.js';
import { migrationSql, SCHEMA_VERSION, schemaSql } from './schema.js';
import { StoreError } from './StoreError.js';

/** The oldest PostgreSQL that a store runs on, as `server_version_num` has it. */
const OLDEST = 15;
/** The lock under which tables are made and migrated; the number is one of its own. */
const MAKING = 0x6c617374;

export interface OpenSchemaOptions {
  /** What to call the database in messages. */
  readonly shown: string;
  /** The name of the schema. Default: `lastfix`. */
  readonly schema?: string;
  /** Be able to write the tables, and migrate those of an earlier version. */
  readonly writes: boolean;
  /** Make the tables if they are not there. Default: if it writes. */
  readonly makes?: boolean;
}

/**
 * Makes sure that the tables of a store are there, in this version.
 *
 * @throws StoreError if they are not and are not to be made, if they are of a later version, or of an earlier one and are not
 *   to be written, if PostgreSQL is too old, or if the database cannot be used
 * @returns what the store is called in the ids of events
 */
export async function openSchema(database: Database, options: OpenSchemaOptions): Promise<string> {
  try {
    return await opened(database, options);
  } catch (error) {
    throw faultOf(error) === 'own' ? error : explained(error, options.shown);
  }
}

async function opened(database: Database, { shown, schema = 'lastfix', writes, makes = writes }: OpenSchemaOptions): Promise<string> {
  await checkServer(database, shown, writes);
  const found = await metaOf(database, shown, schema);
  if (!found && !makes) throw new StoreError(`${shown} has no store in its schema ${schema}: replay a recording into it first`);
  if (found?.version === SCHEMA_VERSION) return found.id;
  if (!writes)
    throw new StoreError(
      `the store in ${shown} has version ${found!.version}, and this lastfix reads version ${SCHEMA_VERSION}: `
        + 'bring it up to date by lastfix replay, or lastfix forget, as the user that made it',
    );
  return database.writing((queries) => makeOrMigrate(queries, shown, schema));
}

interface ServerRecord {
  readonly version: number;
  readonly encoding: string;
  readonly read_only: boolean;
}

async function checkServer(database: Database, shown: string, writes: boolean): Promise<void> {
  const { rows: [server] } = await database.query<ServerRecord>(`select current_setting('server_version_num')::int / 10000 as version,
    current_setting('server_encoding') as encoding,
    pg_is_in_recovery() or current_setting('default_transaction_read_only')::bool as read_only`);
  const { version, encoding, read_only: readOnly } = server!;
  if (version < OLDEST) throw new StoreError(`${shown} is PostgreSQL ${version}: use one of version ${OLDEST} or later`);
  if (encoding !== 'UTF8') throw new StoreError(`${shown} keeps texts in ${encoding}: use a database whose encoding is UTF8`);
  if (readOnly && writes) throw new StoreError(`${shown} is read-only: name the primary server, or a role that may write`);
}

interface MetaRecord {
  readonly version: number;
  readonly id: string;
}

async function metaOf(queries: Queries, shown: string, schema: string): Promise<MetaRecord | undefined> {
  const { rows: [there] } = await queries.query<{ there: boolean }>( // by name alone, what another has just made would not be seen
    "select exists (select from pg_class join pg_namespace n on n.oid = relnamespace where relname = 'meta' and nspname = $1) as there",
    [schema],
  );
  if (!there!.there) return undefined;
  const { rows: [meta] } = await queries.query<MetaRecord>(`select version, id from ${quoted(schema)}.meta`);
  if (!meta || meta.version > SCHEMA_VERSION)
    throw new StoreError(
      `the store in ${shown} has version ${meta?.version ?? 0}, and this lastfix knows up to ${SCHEMA_VERSION}: use a later lastfix`,
    );
  return meta;
}

/** Does what is left to do, as one of all who do so at once. @returns the id */
async function makeOrMigrate(queries: Queries, shown: string, schema: string): Promise<string> {
  await queries.query('select pg_advisory_xact_lock($1)', [MAKING]);
  const found = await metaOf(queries, shown, schema); // another may have done it meanwhile
  const id = found?.id ?? randomUUID();
  if (!found) await make(queries, schema, id);
  else if (found.version < SCHEMA_VERSION) await queries.query(migrationSql(quoted(schema), found.version));
  return id;
}

async function make(queries: Queries, schema: string, id: string): Promise<void> {
  const { rows: [there] } = await queries.query('select from pg_namespace where nspname = $1', [schema]);
  if (!there) await queries.query(`create schema ${quoted(schema)}`);
  await queries.query(schemaSql(quoted(schema), id));
}
