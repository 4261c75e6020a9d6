/** The statements that made the tables of a store in version 1: as they were, for good. @param schema its name, quoted */
export const schemaOfVersion1 = (schema: string): string => `
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
insert into ${schema}.meta (version, id) values (1, 'the-old-one');
`;
