// node dist/bench/storeRates.js DEVICES SECONDS ROUNDS: fixes a second into a store of a server of its own, and, in turn, by
// a bare insert of the same rows, with their verdicts, into one table like that of the store. Prints JSON.
import { lastValueFrom } from 'rxjs';
import { Readable } from 'node:stream';
import { generateRecording, openRecording, play } from '../src/index.js';
import { VERDICTS } from '../src/domain/latest.js';
import { PLACES } from '../src/domain/PLACES.js';
import { binaryArrays } from '../src/store/binaryArrays.js';
import { commitSql } from '../src/store/commitSql.js';
import { fixColumns } from '../src/store/fixColumns.js';
import { intoStore } from '../src/store/intoStore.js';
import { judgeRow } from '../src/store/judgeRow.js';
import { openDatabase } from '../src/store/openDatabase.js';
import { openSchema } from '../src/store/openSchema.js';
import { openStore } from '../src/store/openStore.js';
import { rowsOf } from '../src/store/rowsOf.js';
import type { StoreRow } from '../src/store/StoreRow.js';
import { storeUrl } from '../src/store/storeUrl.js';
import { PostgresServer } from '../spec/support/PostgresServer.js';
import { SETTINGS } from './storeSettings.js';

const ROWS_AT_ONCE = 8192;
const [devices = 2000, seconds = 360, rounds = 3] = process.argv.slice(2).map(Number);
const chunks = [...generateRecording({ devices, duration: seconds * 1000, seed: 1 })].map((chunk) => Buffer.from(chunk));
const open = () => openRecording([{ name: 'made', chunks: Readable.from(chunks) }]);
const rows = await rowsIn();
const verdicts = verdictsOf(rows);

const server = await PostgresServer.start(SETTINGS);
try {
  const rates: { bare: number; store: number; bytes: number }[] = [];
  for (let round = 0; round <= rounds; round++) rates.push({ bare: await bareRate(), ...(await storeRate()) });
  process.stdout.write(JSON.stringify({ fixes: rows.length, rates: rates.slice(1) })); // the first is for the compiler
} finally {
  server.remove();
}

async function rowsIn(): Promise<readonly StoreRow[]> {
  const made: StoreRow[] = [];
  const recording = await open();
  for await (const batch of recording.batches) made.push(...rowsOf(batch, [], PLACES + made.length));
  await recording.close();
  return made;
}

/** What they are to each other, as their places in `VERDICTS`. */
function verdictsOf(all: readonly StoreRow[]): readonly number[] {
  const held = new Map<string, StoreRow>();
  return all.map((row) => {
    const verdict = judgeRow(held.get(row.device), row);
    if (verdict === 'change') held.set(row.device, row);
    return VERDICTS.indexOf(verdict);
  });
}

async function bareRate(): Promise<number> {
  const database = await openDatabase(storeUrl(server.url()));
  await openSchema(database, { shown: 'the bench', schema: 'bare', writes: true });
  const { insertFixes } = commitSql('"bare"');
  const started = performance.now();
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const to = at + ROWS_AT_ONCE;
    await database.query(insertFixes, [...fixColumns(rows.slice(at, to)), binaryArrays.int2(verdicts.slice(at, to)), at / ROWS_AT_ONCE]);
  }
  const rate = (rows.length * 1000) / (performance.now() - started);
  await database.query('drop schema bare cascade');
  await database.close();
  return rate;
}

async function storeRate(): Promise<{ readonly store: number; readonly bytes: number }> {
  const database = await openDatabase(storeUrl(server.url()));
  const store = await openStore(database, { shown: 'the bench', source: 'made' });
  const recording = await open();
  const started = performance.now();
  await lastValueFrom(play(recording.batches, intoStore(store), { rate: Infinity }));
  const rate = (rows.length * 1000) / (performance.now() - started);
  const { rows: [size] } = await database.query<{ bytes: number }>(
    "select (pg_total_relation_size('lastfix.fixes') + pg_total_relation_size('lastfix.devices'))::int8 as bytes",
  );
  await database.query('drop schema lastfix cascade');
  await recording.close();
  await store.close();
  return { store: rate, bytes: size!.bytes / rows.length };
}
