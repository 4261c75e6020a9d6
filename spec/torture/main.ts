// npm run torture [-- --kills N] [--seed N]: until so many kills are survived, or the one seed that failed.
// With --stream, a whole plant is: brokers, a database, workers, a gateway, for --minutes N (10), or the one seed that failed.
// With --store, writers of a store are killed, and its server is stopped: --seeds N of them (20), or the one seed that failed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PostgresServer } from '../support/PostgresServer.js';
import { inOwnNetwork } from './stream/inOwnNetwork.js';
import { tortureStreams } from './stream/tortureStreams.js';
import { torture } from './torture.js';
import { tortureStore } from './tortureStore.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string' },
    store: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '20' },
    stream: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
    only: { type: 'string' },
  },
});
const AT_ONCE = 2;
let next = values.seed === undefined ? 1 : Number(values.seed);
const last = values.seed === undefined ? Infinity : next;
let [kills, tears, runs] = [0, 0, 0];

async function work(): Promise<void> {
  while (kills < Number(values.kills) && next <= last) {
    const seed = next++;
    const folder = mkdtempSync(join(tmpdir(), 'lastfix-torture-'));
    const ordeal = await torture(seed, folder);
    rmSync(folder, { recursive: true }); // a failure leaves it, to be looked at
    kills += ordeal.kills;
    tears += ordeal.tears;
    runs++;
    process.stdout.write(`seed ${seed}: killed ${ordeal.kills} times, ${ordeal.tears} files torn\n`);
  }
}

async function workOnStore(): Promise<void> {
  const server = await PostgresServer.start();
  const folder = mkdtempSync(join(tmpdir(), 'lastfix-torture-'));
  const ordeal = { rows: 60_000, most: 1500, kills: 15, stops: 4 };
  try {
    for (let seed = next; seed <= (values.seed === undefined ? Number(values.seeds) : next); seed++) {
      await tortureStore(seed, server, folder, ordeal);
      process.stdout.write(`seed ${seed}: ${ordeal.rows} rows by four writers, ${ordeal.kills} kills, ${ordeal.stops} stops of the server\n`);
      runs++;
    }
  } finally {
    rmSync(folder, { recursive: true });
    server.remove();
  }
  process.stdout.write(`${runs} stores are as if all had come in order, and their feeds have no gap\n`);
}

const status = values.stream ? await inOwnNetwork() : undefined;
if (status !== undefined) process.exitCode = status;
else if (values.stream) await tortureStreams({ from: next, to: last, minutes: Number(values.minutes), only: values.only ?? '' });
else if (values.store) await workOnStore();
else {
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  process.stdout.write(`${runs} runs survived ${kills} kills and ${tears} torn files, and ended byte for byte as if undisturbed\n`);
}
