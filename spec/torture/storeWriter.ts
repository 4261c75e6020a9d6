// Commits parts of a recording to a store, one after the other: storeWriter.js URL PARTS FROM. Says the number of each that is committed.
import { readFileSync } from 'node:fs';
import { asyncScheduler } from 'rxjs';
import { commitSafely } from '../../src/store/commitSafely.js';
import { commitSql } from '../../src/store/commitSql.js';
import { openDatabase } from '../../src/store/openDatabase.js';
import { openSchema } from '../../src/store/openSchema.js';
import type { StoreRow } from '../../src/store/StoreRow.js';
import { storeUrl } from '../../src/store/storeUrl.js';

const [, , address = '', path = '', from = '0'] = process.argv;
const url = storeUrl(address);
const database = await openDatabase(url, { connections: 1 });
await openSchema(database, { shown: url.shown, writes: true });
const parts = JSON.parse(readFileSync(path, 'utf8')) as StoreRow[][];
const known = new Set<string>();
const to = {
  database,
  sql: commitSql('"lastfix"'),
  shown: url.shown,
  isKnown: (device: string) => known.has(device),
  said: (line: string) => process.stderr.write(`${line}\n`),
  signal: undefined,
  scheduler: asyncScheduler,
};
for (let part = Number(from); part < parts.length; part++) {
  const committing = { rows: parts[part]!, rejected: [], source: 1, places: { from: 0, to: 0 }, worker: `writer ${process.pid}` };
  for await (const { refused } of commitSafely(committing, to)) if (refused > 0) throw new Error(`${refused} rows were refused`);
  for (const { device } of parts[part]!) known.add(device);
  process.stdout.write(`${part}\n`);
}
await database.close();
