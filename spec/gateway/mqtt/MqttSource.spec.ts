import { expect } from 'chai';
import { mqttAddress } from '../../../src/gateway/mqtt/mqttAddress.js';
import { MqttSource } from '../../../src/gateway/mqtt/MqttSource.js';
import { Broker } from '../../support/Broker.js';
import { eventually } from '../../support/eventually.js';

describe('MqttSource', () => {
  let broker: Broker;
  let source: MqttSource;
  /** What was given to be taken, and how that ends. */
  let given: { readonly text: string; readonly done: () => void; readonly failed: () => void }[];
  let said: string[];
  let isFull: boolean;
  let free: (() => void) | undefined;
  const never = new Promise<never>(() => undefined);
  const texts = () => given.map(({ text }) => text);

  beforeEach(async () => {
    [given, said, isFull, free] = [[], [], false, undefined];
    broker = await Broker.start();
    source = await MqttSource.open(mqttAddress(`mqtt://127.0.0.1:${broker.port}/fleet/+`), {
      id: 'gateway',
      take: (topic, payload) =>
        new Promise((resolve, reject) => {
          given.push({ text: `${topic} ${payload.toString()}`, done: resolve, failed: () => { reject(new Error('not now')); } });
        }),
      room: () => (isFull ? new Promise((resolve) => (free = resolve)) : undefined),
      say: (line) => said.push(line),
      now: () => performance.now(),
    });
    await eventually(() => broker.subscriptions === 1);
  });
  afterEach(async () => {
    await source.close(Promise.resolve());
    await broker.close();
  });

  it('should take many messages at the same time, and acknowledge them in the order in which they came', async () => {
    for (const text of ['a', 'b', 'c']) await broker.publish('fleet/1', text);
    await eventually(() => given.length === 3);
    expect(texts()).to.deep.equal(['fleet/1 a', 'fleet/1 b', 'fleet/1 c']);
    given[2]!.done();
    given[1]!.done();
    await broker.publish('fleet/1', 'd');
    await eventually(() => given.length === 4); // it had its chance to acknowledge the others
    expect(broker.acknowledged).to.deep.equal([]);
    given[0]!.done();
    await eventually(() => broker.acknowledged.length === 3);
    expect(broker.acknowledged).to.deep.equal(['a', 'b', 'c']);
    given[3]!.done();
    await eventually(() => broker.acknowledged.length === 4);
  });

  it('should get again what could not be taken', async () => {
    await broker.publish('fleet/1', 'a');
    await eventually(() => given.length === 1);
    given[0]!.failed();
    await eventually(() => given.length === 2);
    expect(texts()).to.deep.equal(['fleet/1 a', 'fleet/1 a']);
    given[1]!.done();
    await eventually(() => broker.acknowledged.length === 1);
  });

  it('should take no message for which there is no room, until there is', async () => {
    isFull = true;
    await broker.publish('fleet/1', 'a');
    await broker.publish('fleet/2', 'b');
    await eventually(() => free !== undefined);
    expect(given).to.deep.equal([]);
    isFull = false;
    free!();
    await eventually(() => given.length === 2);
    expect(texts()).to.deep.equal(['fleet/1 a', 'fleet/2 b']);
  });

  it('should end when what it took is acknowledged, and leave the rest to the broker', async () => {
    await broker.publish('fleet/1', 'a');
    await eventually(() => given.length === 1);
    const closed = source.close(never);
    await broker.publish('fleet/1', 'b');
    given[0]!.done();
    await closed;
    await eventually(() => broker.clients === 0);
    expect([texts(), broker.acknowledged, said]).to.deep.equal([['fleet/1 a'], ['a'], []]);
  });
});
