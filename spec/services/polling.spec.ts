import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect } from 'chai';
import { eventually } from '../support/eventually.js';
import { Listener } from '../support/Listener.js';
import { playStore } from '../support/playStore.js';
import { serving } from '../support/serving.js';
import { ownDatabase } from './ownDatabase.js';

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n';
const ROW = '7,52.5,13.4,2021-10-23T12:30:00Z,2021-10-23T12:30:01Z,10\n';
const EVERY = 200; // ms between two looks of a server
const CLIENTS = 20;

/** How a statement begins in the protocol of PostgreSQL: one that is bound to its parameters, and one that has none. */
const STATEMENTS = ['B', 'Q'].map((letter) => letter.charCodeAt(0));

/** Passes on what is sent to a server, and counts the statements in it. */
class Relay {
  statements = 0;
  readonly #server = createServer((socket) => { this.#pass(socket); });

  constructor(readonly to: number) {}

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.close();
    await once(this.#server, 'close');
  }

  #pass(socket: Socket): void {
    const other = connect(this.to, '127.0.0.1');
    let waiting = Buffer.alloc(0);
    let started = false;
    socket.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (;;) {
        const head = started ? 1 : 0;
        if (waiting.length < head + 4) break;
        const size = head + waiting.readInt32BE(head);
        if (waiting.length < size) break;
        if (started && STATEMENTS.includes(waiting[0]!)) this.statements++;
        started = true;
        waiting = waiting.subarray(size);
      }
    });
    socket.pipe(other).pipe(socket);
    for (const [one, another] of [[socket, other], [other, socket]] as const) one.on('error', () => another.destroy());
  }
}

describe('a server of a store', () => {
  const own = ownDatabase();

  it('should look for what is new once every 200 ms, for however many clients', async () => {
    await own().database.query('drop schema if exists lastfix cascade');
    await playStore(HEADER + ROW, own().database);
    const url = new URL(own().url);
    const relay = new Relay(Number(url.port));
    url.port = String(await relay.listen());
    await serving(`${url.href}?sslmode=disable`, async (served) => {
      const first = await Listener.open(served);
      await playStore(HEADER + ROW, own().database, { source: 'another' });
      await first.hears(({ event }) => event === 'flush');
      const after = first.heard.at(-1)!.id!;
      const listeners = await Promise.all(Array.from({ length: CLIENTS }, (_, i) => Listener.open(served, i % 2 === 0 ? { 'last-event-id': after } : {})));
      const [before, start, looks] = [relay.statements, performance.now(), 10];
      await eventually(() => relay.statements >= before + looks);
      expect(performance.now() - start).to.be.above((looks - 2) * EVERY);
      await playStore(HEADER + ROW, own().database, { source: 'a third' });
      await Promise.all(listeners.map((listener) => listener.hears(({ event }) => event === 'flush')));
      for (const listener of [first, ...listeners]) listener.close();
    });
    await relay.close();
  });
});
