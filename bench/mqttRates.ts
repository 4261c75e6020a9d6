// node dist/bench/mqttRates.js MESSAGES: how many messages of MQTT a second a gateway takes into a stream, through Mosquitto,
// from one connection and from eight; and, in turn, a client that acknowledges each at once. Prints JSON.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import mqtt from 'mqtt';
import { freePort } from '../spec/support/freePort.js';
import { Mosquitto } from '../spec/support/Mosquitto.js';
import { NatsServer } from '../spec/support/NatsServer.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const [messages = 40_000] = process.argv.slice(2).map(Number);
const TOPICS = 'owntracks/+/+';
const CONNECTIONS = [1, 8];
const LOOK_MILLIS = 10;

/** Publishes all, and says how many were taken a second, until `taken` says that all were. */
async function rate(broker: Mosquitto, connections: number, taken: () => Promise<number>): Promise<number> {
  const before = await taken();
  const begun = performance.now();
  const load = spawn(process.execPath, [here('./mqttLoad.js'), ...[broker.port, connections, messages].map(String)], { stdio: 'inherit' });
  const ended = once(load, 'close');
  while ((await taken()) - before < messages) await wait(LOOK_MILLIS);
  const spent = performance.now() - begun;
  await ended;
  return (messages / spent) * 1000;
}

/** Of a gateway, which has taken what the stream has acknowledged. */
async function ofGateway(): Promise<number[]> {
  const [nats, broker, port] = await Promise.all([NatsServer.start(), Mosquitto.start(), freePort()]);
  const topics = `mqtt://127.0.0.1:${broker.port}/${TOPICS}`;
  const args = ['gateway', '--output', nats.url(), '--http', String(port), '--mqtt', topics];
  const gateway = spawn(process.execPath, [here('../bundle/cli/lastfix.js'), ...args], { stdio: 'ignore' });
  const figure = (text: string, name: string) => Number(new RegExp(`^lastfix_gateway_${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const metrics = () => fetch(`http://127.0.0.1:${port}/metrics`).then((answer) => answer.text(), () => '');
  const taken = async () => {
    const text = await metrics();
    return figure(text, 'mqtt_messages_total') - figure(text, 'waiting_fixes');
  };
  try {
    while (figure(await metrics(), 'mqtt_connections') === 0) await wait(LOOK_MILLIS);
    const rates: number[] = [];
    for (const connections of CONNECTIONS) rates.push(await rate(broker, connections, taken));
    return rates;
  } finally {
    const ended = once(gateway, 'close');
    gateway.kill('SIGTERM');
    await ended;
    await Promise.all([broker.remove(), nats.remove()]);
  }
}

/** Of a client that counts what it has acknowledged. */
async function ofClient(): Promise<number[]> {
  const broker = await Mosquitto.start();
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port}`);
  let count = 0;
  client.on('message', () => count++);
  try {
    await client.subscribeAsync(TOPICS, { qos: 1 });
    const rates: number[] = [];
    for (const connections of CONNECTIONS) rates.push(await rate(broker, connections, () => Promise.resolve(count)));
    return rates;
  } finally {
    await client.endAsync();
    await broker.remove();
  }
}

const [own, bare] = [await ofGateway(), await ofClient()];
process.stdout.write(JSON.stringify(CONNECTIONS.map((connections, i) => ({ connections, own: own[i], bare: bare[i] }))));
