import { once } from 'node:events';
import { createServer, get, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { expect } from 'chai';
import { boundConnections } from '../../src/serve/boundConnections.js';
import { eventually } from '../support/eventually.js';

describe('boundConnections', () => {
  let server: Server;
  let time: number;
  let sockets: Socket[];
  /** How many connections the server has. */
  let open: number;
  /** Begins a server that answers `/` at once and everything else never. */
  const serve = async (max: number, maxIdle: number) => {
    server = createServer(({ url }, response) => { if (url === '/') response.end('so'); else response.write('wait'); });
    boundConnections(server, { max, maxIdle, now: () => time });
    open = 0;
    server.on('connection', (socket) => {
      open++;
      socket.once('close', () => open--);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  };
  const port = () => (server.address() as AddressInfo).port;
  const come = async (asking = '') => {
    const accepted = once(server, 'connection');
    const socket = connect(port(), '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    await accepted;
    if (asking !== '') {
      socket.write(`GET ${asking} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      await once(socket, 'data');
    }
    return socket.resume();
  };
  const closed = () => sockets.map((socket) => socket.closed);
  const answers = () =>
    new Promise<number | undefined>((resolve, reject) => {
      get({ port: port(), host: '127.0.0.1', agent: false }, ({ statusCode }) => {
        resolve(statusCode);
      }).once('error', reject);
    });

  beforeEach(() => {
    time = 0;
    sockets = [];
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    await once(server.close(), 'close');
  });

  it('should close the ones of an address that have asked nothing for longest, beyond so many', async () => {
    await serve(100, 2);
    for (time = 0; time < 1000; time += 300) await come();
    time = 1700;
    await come();
    await eventually(() => closed().slice(0, 3).every(Boolean));
    expect(closed()).to.deep.equal([true, true, true, false, false]);
  });

  it('should close none that came at once, since all of them may be about to ask', async () => {
    await serve(100, 2);
    for (let i = 0; i < 10; i++) await come();
    time = 999;
    await come();
    expect(await answers()).to.equal(200);
    expect(closed()).not.to.include(true);
  });

  it('should close none that waits for an answer, and one again that has got all of them', async () => {
    await serve(100, 1);
    const [waiting, answered] = [await come('/wait'), await come('/')];
    time = 1000;
    await come();
    await eventually(() => answered.closed);
    time = 2000;
    await come();
    await eventually(() => sockets[2]!.closed);
    expect(waiting.closed).to.equal(false);
  });

  it('should make room for the next where there are too many in all, and none if all of them wait for answers', async () => {
    await serve(3, 100);
    await come();
    await come('/wait');
    await come();
    expect(await answers()).to.equal(200);
    await eventually(() => sockets[0]!.closed);
    expect(closed()).to.deep.equal([true, false, false]);
    await eventually(() => open === 2);
    await come('/wait');
    sockets[2]!.destroy();
    await eventually(() => open === 2);
    await come('/wait');
    expect(await answers().catch(() => 'no')).to.equal('no');
    expect(closed()).to.deep.equal([true, false, true, false, false]);
  });
});
