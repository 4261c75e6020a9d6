import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { openReader } from '../../src/worker/openReader.js';
import { openStream } from '../../src/stream/openStream.js';
import { parseMessage } from '../../src/stream/parseMessage.js';
import { Publisher } from '../../src/stream/Publisher.js';
import { streamUrl } from '../../src/stream/streamUrl.js';
import { Authority } from '../support/Authority.js';
import { failureOf } from '../support/failureOf.js';
import { lastfix } from '../support/lastfix.js';
import { NatsServer } from '../support/NatsServer.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const USERS = ['admin', 'publisher', 'gateway', 'worker'] as const;
type User = (typeof USERS)[number];
const passwordOf = (user: User) => `s3cret-of-${user}`;

describe('docs/nats-server.conf', () => {
  const at = temporaryFolder();
  let server: NatsServer;
  before(async () => {
    copyFileSync(root('fixtures/minute.csv'), at('recording.csv'));
    server = await NatsServer.start({
      config: root('docs/nats-server.conf'),
      env: (folder) => ({
        LASTFIX_NATS_FOLDER: `"${folder}/data"`,
        ...Object.fromEntries(USERS.map((user) => [`LASTFIX_${user.toUpperCase()}`, `"${passwordOf(user)}"`])),
      }),
    });
  });
  after(() => server.remove());
  const env = (user: User) => ({ ...process.env, LASTFIX_NATS_USER: user, LASTFIX_NATS_PASSWORD: passwordOf(user) });
  const run = (user: User, ...args: readonly string[]) => lastfix(args, at(), undefined, { env: env(user) });
  const replay = ['replay', 'recording.csv', '--rate', 'max', '--output'];
  /** Connects as somebody, with a name of one's own choice for what is answered. */
  const as = async <T>(user: User, use: (connection: NatsConnection) => Promise<T>, inboxPrefix = `_INBOX.${user}`): Promise<T> => {
    const connection = await connect({ servers: `127.0.0.1:${server.port}`, user, pass: passwordOf(user), inboxPrefix });
    try {
      return await use(connection);
    } finally {
      await connection.close();
    }
  };
  const refuses = async (user: User, subject: string) => {
    const error = await as(user, (connection) => failureOf(connection.request(subject, '{}', { timeout: 5000 })));
    expect(error.cause instanceof Error ? error.cause.message : error.message, `${user} ${subject}`).to.match(/Permissions Violation for Publish/);
  };

  it('should let nobody in without the password', async () => {
    const { status, stderr } = await lastfix([...replay, server.url('gps', 'publisher:s3cret-guess')], at());
    expect(status).to.equal(1);
    expect(stderr).to.match(/it refuses this user \(check the user and the password/).and.not.to.include('s3cret-guess');
  });

  it('should let the publisher make no stream, and say so', async () => {
    const { status, stderr } = await run('publisher', ...replay, server.url());
    expect(status).to.equal(1);
    expect(stderr).to.include('/gps: there is no such stream, and this user may not create it: let a user who may create it');
  });

  it('should let the admin make the stream, and the publisher fill it and go on', async () => {
    const stream = await openStream(streamUrl(server.url(), env('admin')), { make: {} });
    await stream.close();
    for (const more of [[], ['--resume']]) {
      const { status, stderr } = await run('publisher', ...replay, server.url(), ...more);
      expect(status, stderr).to.equal(0);
      expect(stderr).to.match(more.length === 0 ? /acknowledged +129\n/ : /nothing was missing, and nothing was written/);
    }
  });

  it('should let the gateway publish', async () => {
    const publisher = new Publisher(await openStream(streamUrl(server.url(), env('gateway'))), { source: 'gateway gps' });
    await publisher.publish([{ device: 'a', event: 0, arrival: 0, latitude: '1', longitude: '2', speed: '', extra: {} }]);
    await publisher.close();
  });

  it('should let the worker read', async () => {
    const reader = await openReader(streamUrl(server.url(), env('worker')), { said: () => undefined });
    try {
      let fixes = 0;
      const last = await reader.last();
      for (let partition = 0; partition < 8; partition++) {
        const { seq } = last[partition] ?? { seq: 0 };
        for await (const message of seq === 0 ? [] : reader.read(partition, 1, new AbortController().signal)) {
          fixes += parseMessage(message!.data).filter(({ kind }) => kind === 'fix').length;
          if (message!.seq === seq) break;
        }
      }
      expect(fixes).to.equal(130); // the recording, and what the gateway sent
    } finally {
      await reader.close();
    }
  });

  it('should let nobody do more', async () => {
    const [publish, create] = ['gps.0', '$JS.API.CONSUMER.CREATE.gps.spy'];
    const manage = ['$JS.API.STREAM.CREATE.gps', '$JS.API.STREAM.PURGE.gps', '$JS.API.STREAM.DELETE.gps', '$JS.API.STREAM.MSG.DELETE.gps', '$JS.API.INFO'];
    for (const subject of [create, ...manage, 'other']) await refuses('publisher', subject);
    for (const subject of [create, '$JS.API.STREAM.MSG.GET.gps', ...manage]) await refuses('gateway', subject);
    for (const subject of [publish, '$JS.API.STREAM.MSG.GET.gps', ...manage]) await refuses('worker', subject);
  });

  it('should let nobody listen to what others are answered, or to what is published', async () => {
    for (const user of ['publisher', 'gateway', 'worker'] as const)
      for (const subject of ['gps.*', '>', `_INBOX.${user === 'worker' ? 'publisher' : 'worker'}.>`, '_INBOX.>']) {
        const error = await as(user, async (connection) => {
          const { closed } = connection.subscribe(subject);
          return await closed;
        });
        expect(String(error), `${user} ${subject}`).to.match(/Permissions Violation for Subscription/);
      }
  });

  it('should have a right for each that says which is missing', async () => {
    const { status, stderr } = await run('gateway', ...replay, server.url(), '--resume');
    expect(status).to.equal(1);
    expect(stderr).to.match(/this user may not publish to \$JS\.API\.STREAM\.MSG\.GET\.gps \(grant the user that right/);
    const reader = await openReader(streamUrl(server.url(), env('gateway')), { said: () => undefined });
    const error = await failureOf(reader.last()).finally(() => reader.close());
    expect(error.message).to.match(/this user may not publish to \$JS\.API\.CONSUMER\.CREATE\.gps/);
  });
});

describe('a stream over TLS', () => {
  const at = temporaryFolder();
  let server: NatsServer;
  /** Its certificate is for its name alone. */
  let named: NatsServer;
  before(async () => {
    const [ca] = ['ca', 'other-ca'].map((name) => new Authority(at(), name)) as [Authority, Authority];
    ca.sign('server', 'subjectAltName=IP:127.0.0.1,DNS:localhost');
    ca.sign('named', 'subjectAltName=DNS:localhost');
    ca.sign('client', 'extendedKeyUsage=clientAuth');
    server = await NatsServer.start({
      settings: `tls { cert_file: "${at('server.pem')}", key_file: "${at('server.key')}", ca_file: "${at('ca.pem')}", verify: true }`,
    });
    named = await NatsServer.start({ settings: `tls { cert_file: "${at('named.pem')}", key_file: "${at('named.key')}" }` });
  });
  after(async () => {
    await server.remove();
    await named.remove();
  });
  const opened = (url: string, files: Readonly<Record<string, string>>) =>
    openStream(streamUrl(url, Object.fromEntries(Object.entries(files).map(([name, file]) => [`LASTFIX_NATS_${name}`, at(file)]))), { make: {} });
  const CLIENT = { CERT: 'client.pem', KEY: 'client.key' };

  it('should be opened with the authority and the certificate of the client, by either scheme', async () => {
    for (const url of [server.url(), server.url().replace('nats:', 'tls:'), server.url().replace('127.0.0.1', 'localhost')]) {
      const stream = await opened(url, { CA: 'ca.pem', ...CLIENT });
      expect(stream.partitions).to.equal(8);
      await stream.close();
    }
  });

  it('should say what is wrong with a certificate', async () => {
    const url = server.url();
    const wrong: readonly (readonly [Promise<{ close(): Promise<void> }>, RegExp])[] = [
      [opened(url, {}), /its certificate is of an unknown authority: name that in LASTFIX_NATS_CA/],
      [opened(url, { CA: 'other-ca.pem', ...CLIENT }), /its certificate is of an unknown authority: name that in LASTFIX_NATS_CA/],
      [opened(named.url(), { CA: 'ca.pem', ...CLIENT }), /its certificate is for another host: check the host/],
      [opened(url, { CA: 'ca.pem' }), /it did not answer in time \(if it requires a certificate from clients, name one in LASTFIX_NATS_CERT/],
      [opened(url, { CA: 'none.pem' }), /none\.pem/],
    ];
    const messages = await Promise.all(wrong.map(async ([opening]) => (await failureOf(opening.then((stream) => stream.close()))).message));
    for (const [i, [, message]] of wrong.entries()) expect(messages[i]).to.match(message);
  });
});
