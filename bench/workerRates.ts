// node dist/bench/workerRates.js DEVICES SECONDS LIVE: fixes a second out of a backlog into a store, by 1, 2 and 4 workers,
// and by a replay of the same recording straight into a store; then how long fixes take that come live, for LIVE seconds.
// Everything runs on this machine. Prints JSON.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openDatabase } from '../src/store/openDatabase.js';
import { openStream } from '../src/stream/openStream.js';
import { streamUrl } from '../src/stream/streamUrl.js';
import { storeUrl } from '../src/store/storeUrl.js';
import { NatsServer } from '../spec/support/NatsServer.js';
import { PostgresServer } from '../spec/support/PostgresServer.js';
import { MAIN } from '../spec/support/lastfix.js';

const [devices = 2000, seconds = 720, live = 20] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'lastfix-workers-'));
const nats = await NatsServer.start();
const server = await PostgresServer.start({ shared_buffers: '512MB', max_wal_size: '4GB' });
const database = await openDatabase(storeUrl(server.url()));
try {
  await lastfix('generate', '--devices', String(devices), '--duration', `${seconds}s`, '--seed', '1', '-o', 'recording.csv');
  await lastfix('replay', 'recording.csv', '--rate', 'max', '--output', nats.url(), '--quiet');
  const direct = await timed(1, ['replay', 'recording.csv', '--rate', 'max', '--output', server.url(), '--quiet']);
  const workers = [];
  const draining = ['replay', nats.url(), '--output', server.url(), '--drain', '--quiet', '--stats', 'stats.json'];
  for (const count of [1, 2, 4]) workers.push({ count, ...(await timed(count, draining)) });
  process.stdout.write(JSON.stringify({ direct, workers, latency: live > 0 ? await latency() : undefined }));
} finally {
  await database.close();
  server.remove();
  await nats.remove();
  rmSync(folder, { recursive: true });
}

/** Has so many processes fill an empty store. Processor time is that of one, without its start. */
async function timed(count: number, args: readonly string[]) {
  await database.query('drop schema if exists lastfix cascade');
  const started = performance.now();
  await Promise.all(Array.from({ length: count }, () => lastfix(...args)));
  const taken = performance.now() - started;
  const { rows: [head] } = await database.query<{ fixes: number; first: number; last: number }>(
    `select fixes, (select extract(epoch from min(at))::float8 from lastfix.commits) as first,
      (select extract(epoch from max(at))::float8 from lastfix.commits) as last from lastfix.head`,
  );
  const { cpu_seconds: cpu = NaN } = args.includes('--stats') ? (JSON.parse(readFileSync(join(folder, 'stats.json'), 'utf8')) as { cpu_seconds: number }) : {};
  return { fixes: head!.fixes, rate: (head!.fixes * 1000) / taken, between: head!.last - head!.first, cpu };
}

/**
 * From when a fix is due to its commit, in ms: of a recording that happens now, by two workers that have begun. A rebased
 * recording arrives up to a second before it is played, since times are shifted by whole seconds, so this counts from what
 * was committed soonest.
 */
async function latency() {
  await database.query('drop schema if exists lastfix cascade');
  const stream = await openStream(streamUrl(nats.url('live')), { make: {} });
  await stream.close();
  await lastfix('generate', '--devices', '4000', '--duration', `${live}s`, '--seed', '2', '-o', 'live.csv');
  const workers = [0, 1].map(() => start('replay', nats.url('live'), '--output', server.url(), '--quiet'));
  await shared(workers.length, stream.partitions);
  await lastfix('replay', 'live.csv', '--rebase', 'now', '--output', nats.url('live'), '--quiet');
  for (const { child } of workers) child.kill('SIGTERM');
  await Promise.all(workers.map(({ ended }) => ended));
  const { rows: [figures] } = await database.query<Record<'fixes' | 'p50' | 'p99' | 'most', number>>(
    `select count(*)::int as fixes, percentile_cont(0.5) within group (order by late)::float8 - min(late) as p50,
      percentile_cont(0.99) within group (order by late)::float8 - min(late) as p99, max(late)::float8 - min(late) as most
    from (select extract(epoch from c.at - f.arrival)::float8 * 1000 as late from lastfix.fixes f join lastfix.commits c using (batch)) late`,
  );
  return figures!;
}

/** Resolves when so many workers have all partitions among them. */
async function shared(workers: number, partitions: number): Promise<void> {
  for (;;) {
    const { rows: [there] } = await database.query<{ yes: boolean }>("select to_regclass('lastfix.partitions') is not null as yes");
    const { rows: [held] } = !there!.yes ? { rows: [] } : await database.query<{ partitions: number; workers: number }>(
      'select count(*)::int as partitions, count(distinct worker)::int as workers from lastfix.partitions where lease > clock_timestamp()',
    );
    if (held?.partitions === partitions && held.workers === workers) return;
    await setTimeout(100);
  }
}

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return { child, ended: once(child, 'close') };
}

async function lastfix(...args: readonly string[]): Promise<void> {
  const [status] = (await start(...args).ended) as [number | null];
  if (status !== 0) throw new Error(`lastfix ${args.join(' ')} ended with ${String(status)}`);
}
