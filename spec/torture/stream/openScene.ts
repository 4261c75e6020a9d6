import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Dice } from '../../../src/generate/Dice.js';
import { openDatabase } from '../../../src/store/openDatabase.js';
import { openSchema } from '../../../src/store/openSchema.js';
import { openStorePast } from '../../../src/store/past/openStorePast.js';
import { storeUrl } from '../../../src/store/storeUrl.js';
import { openStream } from '../../../src/stream/openStream.js';
import { streamUrl } from '../../../src/stream/streamUrl.js';
import { freePort } from '../../support/freePort.js';
import { Mosquitto } from '../../support/Mosquitto.js';
import { NatsCluster } from '../../support/NatsCluster.js';
import { PostgresServer } from '../../support/PostgresServer.js';
import { EventClient } from './EventClient.js';
import { HttpSender } from './HttpSender.js';
import { Ledger } from './Ledger.js';
import { MqttSender } from './MqttSender.js';
import type { PrivateNetwork } from './PrivateNetwork.js';
import { Program } from './Program.js';
import { STREAM, type Scene } from './Scene.js';

const PARTITIONS = 6;
const PATIENCE = 60_000;

/** Starts all of a scene, on free ports and in folders of its own. */
export async function openScene(seed: number, network?: PrivateNetwork): Promise<Scene> {
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  const closed = <T>(thing: T, end: (thing: T) => unknown): T => {
    closing.push(() => end(thing));
    return thing;
  };
  const program = (...[name, args]: ConstructorParameters<typeof Program>) =>
    closed(new Program(name, args), (started) => started.end('SIGKILL').catch(() => undefined)); // it was told before
  try {
    const folder = closed(mkdtempSync(join(tmpdir(), 'lastfix-torture-')), (path) => { rmSync(path, { recursive: true }); });
    const cluster = closed(await NatsCluster.start(network?.places), (servers) => servers.remove());
    const postgres = closed(await PostgresServer.start(), (server) => { server.remove(); });
    const mosquitto = closed(await Mosquitto.start(), (broker) => broker.remove());
    await (await openStream(streamUrl(cluster.url(STREAM)), { make: { partitions: PARTITIONS } })).close();
    const url = storeUrl(postgres.url());
    const database = closed(await openDatabase(url), (opened) => opened.close());
    await openSchema(database, { shown: url.shown, writes: true });
    const past = await openStorePast(url);
    const { cursor } = await past.extent();
    await past.close();

    const [http, port] = [await freePort(), await freePort()];
    const topics = `mqtt://127.0.0.1:${mosquitto.port}/owntracks/+/+`;
    const gateway = program('the gateway', ['gateway', '--output', cluster.url(STREAM), '--http', String(http), '--mqtt', topics, '--mqtt-id', 'gateway']);
    const server = program('the server', ['serve', '--output', postgres.url(), '--port', String(port)]);
    const [gatewayUrl, serverUrl] = [`http://127.0.0.1:${http}/`, `http://127.0.0.1:${port}/`];
    await Promise.all([answers(`${gatewayUrl}health`, gateway), answers(`${serverUrl}api/status`, server)]);

    const ledger = new Ledger();
    const events = closed(new EventClient(serverUrl, cursor, new Dice(seed + 1)), (client) => client.close());
    const sender = closed(new HttpSender(gatewayUrl, new Dice(seed + 2), ledger), (sending) => sending.pause().catch(() => undefined));
    const mqtt = closed(new MqttSender(mosquitto.port, new Dice(seed + 3), ledger), (sending) => sending.close().catch(() => undefined));
    const workers: Program[] = [];
    const hire = () => {
      workers.push(program('a worker', ['replay', cluster.url(STREAM), '--output', postgres.url(), '--flush', '300ms']));
    };
    const programs = { gateway, server, workers, hire };
    return { folder, network, cluster, postgres, mosquitto, database, ...programs, http: sender, mqtt, events, ledger, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function answers(url: string, program: Program): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (!(await fetch(url).then(({ ok }) => ok, () => false))) {
    if (program.failure) throw program.failure;
    if (performance.now() > deadline) throw new Error(`${url} does not answer: ${program.said}`);
    await wait(50);
  }
}
