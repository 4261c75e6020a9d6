import { expect } from 'chai';
import type { Carried } from '../../../src/send/Carrier.js';
import { lastfixForm } from '../../../src/send/forms/lastfixForm.js';
import { osmandForm } from '../../../src/send/forms/osmandForm.js';
import { HttpCarrier, type HttpCarrierOptions } from '../../../src/send/http/HttpCarrier.js';
import type { Parcel } from '../../../src/send/Parcel.js';
import { Receiver } from '../../support/Receiver.js';

const SENDING = { extra: [], speedUnit: undefined, user: 'me', byTopic: false };
const parcel = (text: string): Parcel => ({ device: 'a', arrival: 0, place: 1, text, bytes: text.length, due: 0, lane: 0 });

describe('HttpCarrier', () => {
  let receiver: Receiver;
  let carrier: HttpCarrier;
  beforeEach(async () => { receiver = await Receiver.start(); });
  afterEach(async () => {
    await carrier.close();
    await receiver.close();
  });
  const open = (options: Partial<HttpCarrierOptions> = {}, address = '') => {
    carrier = new HttpCarrier(new URL(`http://127.0.0.1:${receiver.port}${address}`), { form: lastfixForm.http(SENDING), ...options });
  };
  const carry = (...texts: readonly string[]) => carrier.carry(texts.map(parcel), new AbortController().signal);

  it('should post lines, over connections that stay', async () => {
    open({}, '/fixes?key=7');
    for (const texts of [['{"a":1}', '{"é":2}'], ['{}']]) expect(await carry(...texts)).to.deep.equal({ kind: 'taken' });
    expect(receiver.received.map(({ method, path, body }) => [method, path, body])).to.deep.equal([
      ['POST', '/fixes?key=7', '{"a":1}\n{"é":2}\n'],
      ['POST', '/fixes?key=7', '{}\n'],
    ]);
    expect(receiver.received[0]!.headers).to.include({ 'content-type': 'application/x-ndjson', 'content-length': '17' });
    expect(receiver.connections).to.equal(1);
  });

  it('should get a query, beside what the address has', async () => {
    open({ form: osmandForm.http(SENDING) }, '/?key=7');
    await carry('id=a&lat=1');
    open({ form: osmandForm.http(SENDING) });
    await carry('id=a&lat=1');
    expect(receiver.received.map(({ method, path, body }) => [method, path, body])).to.deep.equal([
      ['GET', '/?key=7&id=a&lat=1', ''],
      ['GET', '/?id=a&lat=1', ''],
    ]);
  });

  it('should not wait for the end of an answer that has none', async () => {
    open();
    receiver.respond = (response) => {
      const goOn = (): void => { while (!response.destroyed && response.write('x'.repeat(65_536))); };
      response.on('drain', goOn);
      goOn();
    };
    expect(await carry('{}')).to.deep.equal({ kind: 'taken' });
    receiver.respond = (response) => response.end();
    expect(await carry('{}')).to.deep.equal({ kind: 'taken' });
  });

  it('should have no more connections than it may', async () => {
    open({ connections: 2 });
    receiver.respond = (response) => setImmediate(() => response.end());
    await Promise.all(Array.from({ length: 20 }, () => carry('{}')));
    expect([receiver.received.length, receiver.connections]).to.deep.equal([20, 2]);
  });

  it('should say who it is', async () => {
    open({ credentials: { user: 'fléet', password: 'p:w' } });
    await carry('{}');
    open({ credentials: { user: 'ignored', password: 'ignored', token: 't0ken' } });
    await carry('{}');
    open();
    await carry('{}');
    expect(receiver.received.map(({ headers }) => headers.authorization)).to.deep.equal([
      `Basic ${Buffer.from('fléet:p:w').toString('base64')}`,
      'Bearer t0ken',
      undefined,
    ]);
  });

  const answers: readonly (readonly [status: number, headers: Record<string, string>, body: string, carried: Carried])[] = [
    [200, {}, 'thanks', { kind: 'taken' }],
    [202, {}, '', { kind: 'taken' }],
    [204, {}, '', { kind: 'taken' }],
    [400, {}, '{"error":"no such device"}\nand so on', { kind: 'refused', reason: '400 Bad Request: {"error":"no such device"}' }],
    [404, {}, '', { kind: 'refused', reason: '404 Not Found' }],
    [301, { location: '/there' }, '', { kind: 'refused', reason: '301 Moved Permanently: it has moved to "/there"' }],
    [400, {}, 'x'.repeat(10_000), { kind: 'refused', reason: `400 Bad Request: ${'x'.repeat(200)}` }],
    [413, {}, '', { kind: 'too large', reason: '413 Payload Too Large' }],
    [429, { 'retry-after': '7' }, '', { kind: 'again', reason: '429 Too Many Requests', after: 7000 }],
    [503, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, '', { kind: 'again', reason: '503 Service Unavailable', after: 0 }],
    [500, {}, 'long\nstack', { kind: 'again', reason: '500 Internal Server Error', after: 0 }],
    [408, {}, '', { kind: 'again', reason: '408 Request Timeout', after: 0 }],
  ];
  for (const [status, headers, body, carried] of answers) {
    it(`should take a ${status} ${JSON.stringify(headers)} for: ${carried.kind}`, async () => {
      open();
      receiver.respond = (response) => response.writeHead(status, headers).end(body);
      expect(await carry('{}')).to.deep.equal(carried);
    });
  }

  it('should not repeat what a server says of a secret', async () => {
    open({ credentials: { user: 'me', password: 'hunter2' } });
    receiver.respond = (response) => response.writeHead(401).end('hunter2 is not the password of me');
    expect(await carry('{}')).to.deep.equal({ kind: 'refused', reason: '401 Unauthorized: *** is not the password of me' });
  });

  it('should try again when a server does not answer in time, dies amid its answer, or is not there', async () => {
    open({ patience: 200 });
    receiver.respond = () => undefined;
    expect(await carry('{}')).to.deep.equal({ kind: 'again', reason: 'no answer within 0.2 s' });
    await carrier.close();
    open(); // with all the patience that a slow machine takes
    receiver.respond = (response) => {
      response.writeHead(200, { 'content-length': '10' }).write('half');
      setImmediate(() => response.destroy());
    };
    expect(await carry('{}')).to.include({ kind: 'again' });
    receiver.respond = (response) => response.destroy();
    expect(await carry('{}')).to.deep.equal({ kind: 'again', reason: 'socket hang up' });
    const { port } = receiver;
    await receiver.close();
    expect(await carry('{}')).to.deep.equal({ kind: 'again', reason: `connect ECONNREFUSED 127.0.0.1:${port}` });
    receiver = await Receiver.start(port);
    expect(await carry('{}')).to.deep.equal({ kind: 'taken' });
  });

  it('should end a request when nobody waits for it', async () => {
    open();
    const controller = new AbortController();
    receiver.respond = () => { controller.abort(); };
    expect(await carrier.carry([parcel('{}')], controller.signal)).to.include({ kind: 'again' });
  });
});
