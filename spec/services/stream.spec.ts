import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { connect } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { FileError } from '../../src/csv/FileError.js';
import { openStream, type OpenStreamOptions } from '../../src/stream/openStream.js';
import { streamUrl } from '../../src/stream/streamUrl.js';
import { credentials } from '../support/credentials.js';
import { eventually } from '../support/eventually.js';
import { failureOf } from '../support/failureOf.js';
import { NatsServer } from '../support/NatsServer.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('openStream', () => {
  const at = temporaryFolder();
  let server: NatsServer;
  before(async () => { server = await NatsServer.start(); });
  after(() => server.remove());
  const opened = (url: string, options: OpenStreamOptions = {}) => openStream(streamUrl(url), options);
  const failing = async (url: string, options: OpenStreamOptions = {}, env = {}) => {
    const error = await failureOf(openStream(streamUrl(url, env), options).then((stream) => stream.close()));
    expect(error).to.be.instanceOf(FileError);
    expect(error.message).not.to.include('secret');
    return error.message;
  };

  it('should make a stream of as many partitions as asked for, which stays', async () => {
    const said: string[] = [];
    const stream = await opened(server.url('made'), { make: { partitions: 3, keep: 3_600_000 }, said: (line) => said.push(line) });
    const { config } = await stream.manager().streams.info('made');
    expect(config).to.deep.include({ subjects: ['made.0', 'made.1', 'made.2'], storage: 'file', retention: 'limits', discard: 'old', num_replicas: 1 });
    expect([config.max_age, config.duplicate_window]).to.deep.equal([3600e9, 120e9]);
    expect(said).to.deep.equal([`nats://127.0.0.1:${server.port}/made was made: 3 partitions, kept for 1h`]);
    await stream.jetstream().publish(stream.subjectOf(2), 'x');
    await stream.close();
    const again = await opened(server.url('made'), { make: { keep: 86_400_000 }, said: (line) => said.push(line) });
    expect(said[1]).to.match(/made is there already, and keeps its fixes for 1h, not for 24h$/);
    expect([again.partitions, again.subjectOf(1)]).to.deep.equal([3, 'made.1']);
    expect(await again.state()).to.deep.include({ first: 1, last: 1, messages: 1 });
    expect((await again.state()).created).to.be.closeTo(Date.now() * 1000, 60e6);
    await again.close();
  });

  it('should make it once, when several do at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => opened(server.url('once'), { make: {} })));
    expect(all.map(({ partitions }) => partitions)).to.deep.equal([8, 8, 8, 8]);
    for (const stream of all) await stream.close();
  });

  it('should say how many partitions there are, if others are asked for', async () => {
    await (await opened(server.url('few'), { make: { partitions: 2 } })).close();
    expect(await failing(server.url('few', 'me:secret'), { make: { partitions: 4 } })).to.match(/few has 2 partitions, not 4, and keeps them/);
  });

  it('should read a stream of other subjects as one partition', async () => {
    const connection = await connect({ servers: `127.0.0.1:${server.port}` });
    await (await jetstreamManager(connection)).streams.add({ name: 'fleet', subjects: ['fleet.*'] });
    await connection.close();
    const stream = await opened(`${server.url('fleet')}?subject=fleet.*`);
    expect([stream.partitions, stream.subjectOf(0)]).to.deep.equal([1, 'fleet.*']);
    await stream.close();
    expect(await failing(server.url('fleet'))).to.include('has the subjects "fleet.*", not "fleet.0" and so on');
  });

  it('should say what is wrong, and what to do about it', async () => {
    expect(await failing(server.url('none', 'me:secret'))).to.match(/^nats:\/\/127\.0\.0\.1:\d+\/none: there is no such stream \(make it with/);
    expect(await failing('nats://me:secret@127.0.0.1:1/gps')).to.match(/^cannot reach nats:\/\/127\.0\.0\.1:1\/gps: nothing listens there/);
    expect(await failing('nats://me:secret@no-such-host.invalid/gps')).to.match(/^cannot reach .*the name of the host cannot be looked up|no such host/);
    expect(await failing(`tls://me:secret@127.0.0.1:${server.port}/gps`)).to.match(/has no TLS/);
    expect(await failing(server.url('gps'), {}, { LASTFIX_NATS_CREDS: '/none/of.creds' })).to.include('/none/of.creds');
  });

  it('should say that a server has no JetStream, or lets nobody in', async () => {
    const bare = await NatsServer.start({ jetstream: false, settings: 'authorization { user: me, password: secret-1 }' });
    try {
      expect(await failing(bare.url('gps', 'me:secret-2'))).to.match(/it refuses this user \(check the user/);
      expect(await failing(bare.url('gps'))).to.match(/it refuses this user/);
      expect(await failing(bare.url('gps', 'me:secret-1'))).to.match(/the server has no JetStream: start it with -js/);
    } finally {
      await bare.remove();
    }
  });

  it('should be let in with a token', async () => {
    const guarded = await NatsServer.start({ settings: 'authorization { token: "secret:token" }' });
    try {
      const stream = await openStream(streamUrl(guarded.url('gps', 'secret%3Atoken')), { make: { partitions: 1 } });
      await stream.close();
      expect(await failing(guarded.url('gps'), {}, { LASTFIX_NATS_TOKEN: 'secret-other' })).to.match(/it refuses this user/);
    } finally {
      await guarded.remove();
    }
  });

  it('should be let in with a file of credentials, and not with that of another operator', async () => {
    const [ours, theirs] = [credentials(), credentials()];
    for (const [name, { creds }] of Object.entries({ ours, theirs })) writeFileSync(at(`${name}.creds`), creds);
    const guarded = await NatsServer.start({ settings: ours.settings });
    try {
      const stream = await openStream(streamUrl(guarded.url(), { LASTFIX_NATS_CREDS: at('ours.creds') }), { make: { partitions: 1 } });
      await stream.jetstream().publish(stream.subjectOf(0), 'x');
      expect((await stream.state()).messages).to.equal(1);
      await stream.close();
      expect(await failing(guarded.url(), {}, { LASTFIX_NATS_CREDS: at('theirs.creds') })).to.match(/it refuses this user/);
    } finally {
      await guarded.remove();
    }
  });

  it('should tell that the server is away and back, once each', async () => {
    const said: string[] = [];
    const stream = await opened(server.url('away'), { make: {}, said: (line) => said.push(line) });
    said.length = 0;
    await server.kill();
    await server.start();
    await eventually(() => said.length >= 2);
    expect(said[0]).to.match(/away takes nothing: the connection was lost; trying again until it does$/);
    expect(said[1]).to.match(/away answers again, after \d+\.\d s$/);
    expect((await stream.state()).messages).to.equal(0);
    await stream.close();
  });
});
