// npm run torture [-- --kills N] [--seed N]: until so many kills are survived, or the one seed that failed.
// With --stream, a whole plant is: brokers, a database, workers, a gateway, for --minutes N (10), or the one seed that failed.
// With --store, writers of a store are killed, and its server is stopped: --seeds N of them (20), or the one seed that failed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Dice } from '../../src/generate/Dice.js';
import { PostgresServer } from '../support/PostgresServer.js';
import type { Found } from './stream/expectScene.js';
import { FAULTS } from './stream/FAULTS.js';
import { inOwnNetwork, whyNoPartitions } from './stream/inOwnNetwork.js';
import { PrivateNetwork } from './stream/PrivateNetwork.js';
import { tortureStream } from './stream/tortureStream.js';
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

async function workOnStream(): Promise<void> {
  const why = whyNoPartitions();
  if (why !== undefined) process.stdout.write(`no broker is cut off the network: ${why}\n`);
  const network = why === undefined ? await PrivateNetwork.open() : undefined;
  const done = new Map<string, number>();
  const total = { rounds: 0, rows: 0, commits: 0, returns: 0, resets: 0 };
  const until = performance.now() + Number(values.minutes) * 60_000;
  try {
    for (let seed = next; seed <= last && performance.now() < until; seed++) {
      const faults = new Dice(seed).shuffled(FAULTS.filter(({ name, cutsNetwork }) => (network !== undefined || cutsNetwork !== true) && name.includes(values.only ?? '')));
      const sum = { rows: 0, commits: 0 };
      const survived = (fault: string, found: Found) => {
        process.stdout.write(`seed ${seed}: ${fault}: ${found.rows} rows in ${found.commits} commits are right\n`);
        done.set(fault, (done.get(fault) ?? 0) + 1);
        Object.assign(sum, found);
        total.rounds++;
      };
      const { returns, resets } = await tortureStream(seed, { faults, network, rows: 3000, seconds: 6, survived });
      for (const [name, count] of Object.entries({ ...sum, returns, resets })) total[name as keyof typeof total] += count;
      runs++;
    }
  } finally {
    network?.close();
  }
  for (const [fault, count] of [...done].sort()) process.stdout.write(`${String(count).padStart(5)} x ${fault}\n`);
  const { rounds, rows, commits, returns, resets } = total;
  process.stdout.write(`${runs} plants survived ${rounds} faults: ${rows} rows in ${commits} commits are as if nothing had happened, `);
  process.stdout.write(`and a client of the events that went on ${returns} times, ${resets} of them anew, was told each row's last verdict\n`);
}

const status = values.stream ? await inOwnNetwork() : undefined;
if (status !== undefined) process.exitCode = status;
else if (values.stream) await workOnStream();
else if (values.store) await workOnStore();
else {
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  process.stdout.write(`${runs} runs survived ${kills} kills and ${tears} torn files, and ended byte for byte as if undisturbed\n`);
}
