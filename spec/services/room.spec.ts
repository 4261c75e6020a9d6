import { expect } from 'chai';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { failureOf } from '../support/failureOf.js';
import { lastfix, says } from '../support/lastfix.js';
import { NatsServer } from '../support/NatsServer.js';
import { fixesIn, readStream } from '../support/readStream.js';

const ROWS = 129;

describe('a broker that has no room', () => {
  let server: NatsServer;
  let connection: NatsConnection;
  before(async () => {
    server = await NatsServer.start({ maxFile: '256KB' });
    connection = await connect({ servers: server.address });
  });
  after(async () => {
    await connection.close();
    await server.remove();
  });

  it('should be waited for until it has, in one line, and get each fix once', async () => {
    const manager = await jetstreamManager(connection);
    await manager.streams.add({ name: 'other', subjects: ['other'] });
    const fill = async () => {
      for (;;) await jetstream(connection).publish('other', new Uint8Array(1000));
    };
    expect((await failureOf(fill())).message).to.match(/insufficient resources|exceeds/);
    const args = ['replay', 'fixtures/minute.csv', '--rate', 'max', '--output', server.url(), '--partitions', '2'];
    const { status, stderr } = await lastfix(args, process.cwd(), async (child) => {
      await says(child, /takes nothing: .*no room for it: raise max_file_store, or keep less.*trying again until it does/);
      await manager.streams.delete('other');
    });
    expect(status, stderr).to.equal(0);
    expect(stderr.match(/takes nothing/g)).to.have.length(1);
    const places = fixesIn(await readStream(server.port)).map(({ seq }) => seq!);
    expect(places.toSorted((a, b) => a - b)).to.deep.equal(Array.from({ length: ROWS }, (_, i) => i));
  });
});
