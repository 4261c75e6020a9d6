import { randomUUID } from 'node:crypto';
import type { Database, Queries } from './Database.js';
import { quoted } from './quoted.js';
import { SCHEMA_VERSION, schemaSql } from './schema.js';
import { StoreError } from './StoreError.js';

/** The oldest PostgreSQL that a store runs on, as `server_version_num` has it. */
const OLDEST = 15;
/** The lock under which tables are made; the number is one of its own. */
const MAKING = 0x6c617374;

export interface OpenSchemaOptions {
  /** What to call the database in messages. */
  readonly shown: string;
  /** The name of the schema. Default: `lastfix`. */
  readonly schema?: string;
  /** Make the tables if they are not there, and be able to write them. */
  readonly writes: boolean;
}

/**
 * Makes sure that the tables of a store are there, in this version.
 *
 * @throws StoreError if they are not and are not to be made, if they are of a later version, or if PostgreSQL is too old
 * @returns what the store is called in the ids of events
 */
export async function openSchema(database: Database, { shown, schema = 'lastfix', writes }: OpenSchemaOptions): Promise<string> {
  await checkServer(database, shown, writes);
  const found = await metaOf(database, shown, schema);
  if (!found && !writes) throw new StoreError(`${shown} has no store in its schema ${schema}: replay a recording into it first`);
  return (found ?? (await database.writing((queries) => make(queries, shown, schema)))).id;
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
  const { rows: [there] } = await queries.query<{ there: boolean }>('select to_regclass($1) is not null as there', [`${quoted(schema)}.meta`]);
  if (!there!.there) return undefined;
  const { rows: [meta] } = await queries.query<MetaRecord>(`select version, id from ${quoted(schema)}.meta`);
  if (!meta || meta.version > SCHEMA_VERSION)
    throw new StoreError(
      `the store in ${shown} has version ${meta?.version ?? 0}, and this lastfix knows up to ${SCHEMA_VERSION}: use a later lastfix`,
    );
  return meta;
}

async function make(queries: Queries, shown: string, schema: string): Promise<MetaRecord> {
  await queries.query('select pg_advisory_xact_lock($1)', [MAKING]);
  const made = await metaOf(queries, shown, schema); // by another, meanwhile
  if (made) return made;
  const { rows: [there] } = await queries.query('select from pg_namespace where nspname = $1', [schema]);
  if (!there) await queries.query(`create schema ${quoted(schema)}`);
  const id = randomUUID();
  await queries.query(schemaSql(quoted(schema), id));
  return { version: SCHEMA_VERSION, id };
}
