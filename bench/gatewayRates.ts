// node dist/bench/gatewayRates.js SECONDS: what a gateway takes over HTTP into a stream of a server of its own, and, in turn,
// what a bare server of Node.js takes that reads the bodies and answers at once. Prints JSON.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isMainThread, Worker, parentPort } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { NatsServer } from '../spec/support/NatsServer.js';
import { freePort } from '../spec/support/freePort.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const [seconds = 10] = process.argv.slice(2).map(Number);
/** Clients, and fixes of a request. */
const LOADS = { single: [64, 1], batches: [16, 50] } as const;

if (isMainThread) await measure();
else await bare();

async function measure(): Promise<void> {
  const nats = await NatsServer.start();
  try {
    const port = await freePort();
    const gateway = spawn(process.execPath, [here('../bundle/cli/lastfix.js'), 'gateway', '--output', nats.url(), '--http', String(port)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await listens(gateway);
    const other = new Worker(here('./gatewayRates.js'));
    const [bare] = (await once(other, 'message')) as [number];
    const taken: Record<string, { readonly own: unknown; readonly bare: unknown }> = {};
    for (const [name, [clients, fixes]] of Object.entries(LOADS)) {
      load(port, clients, fixes, 2); // for the compilers
      taken[name] = { own: load(port, clients, fixes, seconds), bare: load(bare, clients, fixes, seconds) };
    }
    const ended = once(gateway, 'close');
    gateway.kill('SIGTERM');
    await ended;
    await other.terminate();
    process.stdout.write(JSON.stringify(taken));
  } finally {
    await nats.remove();
  }
}

/** Resolves when a gateway takes fixes. */
async function listens({ stderr }: ChildProcess): Promise<void> {
  let said = '';
  for await (const text of stderr!) if ((said += String(text)).includes('taking fixes')) return;
  throw new Error(said);
}

function load(port: number, clients: number, fixes: number, seconds: number): unknown {
  const args = [port, clients, fixes, seconds].map(String);
  const { status, stdout, stderr } = spawnSync(process.execPath, [here('./gatewayLoad.js'), ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** A server that reads and answers, and does nothing else. */
async function bare(): Promise<void> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => response.setHeader('content-length', 11).end('{"fixes":1}'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  parentPort!.postMessage((server.address() as AddressInfo).port);
}
