/** The version of the tables that this program makes and understands. */
export const SCHEMA_VERSION = 2;

/**
 * The statements that make the tables of a store in a schema that is there: those of version 1, and each step from there on,
 * so that a store that is made is one that was migrated.
 *
 * - `fixes` has one row for every fix that has ever come, with its verdict. What tells it from others is its device, its
 *   arrival and its `seq`: the number of its source times 2^40, and its place there. Sent again, it is the same row.
 * - `lat`, `lon` and `speed` are numbers for everybody; `written` is `lat,lon,speed` as they were written, and null where
 *   the numbers are written like that by themselves. An unknown speed is null.
 * - `further` has the fields of further columns by their names, those that are not empty; null if all are.
 * - `devices` has the latest fix of each device, what came of all its fixes, and the greatest key `(last_arrival, last_seq)`.
 * - `commits` is the order in which all became visible, without gaps: the rows of one are those of its `batch`. A row whose
 *   verdict was taken back is `corrected`, and belongs to the batch that did.
 * - `sources.next`: all places of a source below it are there, or were rejected. `until_arrival`: all of it that arrived
 *   before that is there, `-infinity` if nothing is promised yet; null if it comes through a stream, whose partitions promise.
 *   `finished`: all of it is there.
 * - `partitions`: how far each partition of a stream has been read. `seq` is the last message that was committed, `stamp` when
 *   the stream got it; all that arrived before `until_arrival` is there; `behind` is how many messages of the partition the
 *   stream had after `seq` when that was noted; up to the message `checked` it has none that is not there. `worker` has it
 *   until `lease`; `epoch` counts who had it.
 * - `workers`: who lives, until `lease`.
 * - `rejected`: a row that is not a fix by its line, one that the database refused as line 0, by its place.
 *
 * @param schema its name, quoted
 * @param id random, and part of the ids of events
 */
export const schemaSql = (schema: string, id: string): string => `
create table ${schema}.meta (
  one boolean primary key default true check (one), version int not null, id text not null, created timestamptz not null default now());
create table ${schema}.columns (position int generated always as identity primary key, name text collate "C" unique not null);
create table ${schema}.sources (
  source int generated always as identity primary key, name text collate "C" unique not null, next bigint not null default 0);
create type ${schema}.verdict as enum ('change', 'late', 'duplicate', 'conflict');
create table ${schema}.devices (
  device_id text collate "C" primary key,
  event_time timestamptz, arrival timestamptz, seq bigint,
  lat float8, lon float8, speed float8, written text, further jsonb,
  first_arrival timestamptz, last_arrival timestamptz, last_seq bigint,
  fixes bigint not null default 0, changes bigint not null default 0, late bigint not null default 0,
  duplicate bigint not null default 0, conflict bigint not null default 0
) with (fillfactor = 70);
create table ${schema}.fixes (
  arrival timestamptz not null, seq bigint not null, event_time timestamptz not null,
  lat float8 not null, lon float8 not null, speed float8,
  batch bigint not null, verdict ${schema}.verdict not null, corrected boolean not null default false,
  device_id text collate "C" not null, written text, further jsonb,
  primary key (device_id, arrival, seq));
create index fixes_by_event on ${schema}.fixes (device_id, event_time desc, arrival, seq);
create index fixes_changes on ${schema}.fixes (device_id, arrival desc, seq desc) where verdict = 'change';
create index fixes_batch on ${schema}.fixes (batch);
create sequence ${schema}.batches;
create table ${schema}.commits (
  pos bigint primary key, batch bigint not null, at timestamptz not null default clock_timestamp(),
  fixes int not null, corrected int not null, worker text not null);
create table ${schema}.head (
  one boolean primary key default true check (one), pos bigint not null default 0,
  fixes bigint not null default 0, changes bigint not null default 0, late bigint not null default 0,
  duplicate bigint not null default 0, conflict bigint not null default 0, rejected bigint not null default 0,
  devices bigint not null default 0, first_arrival timestamptz, last_arrival timestamptz, last_change timestamptz);
create table ${schema}.rejected (
  source int not null, seq bigint not null, line bigint not null, at timestamptz not null default clock_timestamp(),
  reason text not null, record bytea not null, primary key (source, seq, line));
insert into ${schema}.head default values;
insert into ${schema}.meta (version, id) values (1, '${id}');
${migrationSql(schema, 1)}`;

/** The statements that take a store from a version to this one. @param schema its name, quoted */
export function migrationSql(schema: string, from: number): string {
  return STEPS.slice(from - 1).map((step, i) => `${step(schema)}update ${schema}.meta set version = ${from + i + 1};\n`).join('');
}

/** From version 1 to 2, and so on. The end of a recording was not noted by version 1: nothing is promised of it. */
const STEPS: readonly ((schema: string) => string)[] = [
  (schema) => `
alter table ${schema}.sources add until_arrival timestamptz, add finished boolean not null default false;
update ${schema}.sources set until_arrival = '-infinity';
create index fixes_by_time on ${schema}.fixes using brin (arrival, event_time) with (autosummarize = on);
create index sources_open on ${schema}.sources (until_arrival) where not finished and until_arrival is not null;
create table ${schema}.partitions (
  stream text collate "C", partition int, created timestamptz, seq bigint not null default 0, stamp timestamptz,
  until_arrival timestamptz, behind bigint, checked bigint not null default 0, worker text, epoch bigint not null default 0, lease timestamptz,
  primary key (stream, partition)
) with (fillfactor = 50);
create table ${schema}.workers (worker text primary key, stream text collate "C" not null, lease timestamptz not null) with (fillfactor = 50);
`,
];
