// node dist/bench/storeRates.js: fixes a second into a store, and by a bare insert of the same rows into a table with the same indexes.
import { lastValueFrom } from 'rxjs';
import { Readable } from 'node:stream';
import { generateRecording, openRecording, play } from '../src/index.js';
import { binaryArrays } from '../src/store/binaryArrays.js';
import type { Database } from '../src/store/Database.js';
import { intoStore } from '../src/store/intoStore.js';
import { openDatabase } from '../src/store/openDatabase.js';
import { openStore } from '../src/store/openStore.js';
import { rowsOf } from '../src/store/rowsOf.js';
import type { StoreRow } from '../src/store/StoreRow.js';
import { storeUrl } from '../src/store/storeUrl.js';
import { PostgresServer } from '../spec/support/PostgresServer.js';

const ROWS_AT_ONCE = 8192;
const { int2, int8, float8, timestamptz, text, jsonb } = binaryArrays;
const BARE = `insert into bare.fixes (device_id, arrival, seq, event_time, lat, lon, speed, written, further, verdict, batch)
  select device_id, arrival, seq, event_time, lat, lon, speed, written, further, 'change', verdict
  from unnest($1::text[], $2::timestamptz[], $3::int8[], $4::timestamptz[], $5::float8[], $6::float8[], $7::float8[],
    $8::text[], $9::jsonb[], $10::int2[]) x (device_id, arrival, seq, event_time, lat, lon, speed, written, further, verdict)`;

const server = await PostgresServer.start({ shared_buffers: '512MB', max_wal_size: '4GB' });
const devices = Number(process.argv[2] ?? 2000);
try {
  const chunks = [...generateRecording({ devices, duration: 180_000, seed: 1 })];
  const open = () => openRecording([{ name: 'made', chunks: Readable.from(chunks.map((chunk) => Buffer.from(chunk))) }]);
  const rows: StoreRow[] = [];
  const recording = await open();
  for await (const batch of recording.batches) rows.push(...rowsOf(batch, [], 2 ** 40 + rows.length));
  await recording.close();
  process.stdout.write(`${rows.length} fixes of ${devices} devices\n`);
  for (let round = 1; round <= 3; round++) {
    const database = await openDatabase(storeUrl(server.url()));
    const bare = await bareRate(database, rows);
    const store = await openStore(database, { shown: 'the bench', source: `round ${round}` });
    const again = await open();
    const started = performance.now();
    await lastValueFrom(play(again.batches, intoStore(store), { rate: Infinity }));
    const rate = (rows.length * 1000) / (performance.now() - started);
    const { rows: [size] } = await database.query<{ bytes: number }>(
      "select (pg_total_relation_size('lastfix.fixes') + pg_total_relation_size('lastfix.devices'))::int8 as bytes",
    );
    process.stdout.write(
      `bare insert ${bare.toFixed(0)} fixes/s, store ${rate.toFixed(0)} fixes/s, ${(rate / bare).toFixed(2)} times it, ${(size!.bytes / rows.length).toFixed(0)} B a fix\n`,
    );
    await database.query('drop schema lastfix cascade');
    await again.close();
    await store.close();
  }
} finally {
  server.remove();
}

async function bareRate(database: Database, rows: readonly StoreRow[]): Promise<number> {
  await database.query(`drop schema if exists bare cascade; create schema bare;
    create table bare.fixes (arrival timestamptz not null, seq bigint not null, event_time timestamptz not null,
      lat float8 not null, lon float8 not null, speed float8, batch bigint not null, verdict text not null, corrected boolean not null default false,
      device_id text collate "C" not null, written text, further jsonb, primary key (device_id, arrival, seq));
    create index on bare.fixes (device_id, event_time desc, arrival, seq);
    create index on bare.fixes (device_id, arrival desc, seq desc) where verdict = 'change';
    create index on bare.fixes (batch)`);
  const started = performance.now();
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const part = rows.slice(at, at + ROWS_AT_ONCE);
    await database.query(BARE, [
      text(part.map(({ device }) => device)),
      timestamptz(part.map(({ arrival }) => arrival)),
      int8(part.map(({ seq }) => seq)),
      timestamptz(part.map(({ event }) => event)),
      float8(part.map(({ lat }) => lat)),
      float8(part.map(({ lon }) => lon)),
      float8(part.map(({ speed }) => speed)),
      text(part.map(({ written }) => written)),
      jsonb(part.map(({ further }) => further)),
      int2(part.map(() => 1)),
    ]);
  }
  return (rows.length * 1000) / (performance.now() - started);
}
