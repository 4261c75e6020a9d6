import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { openSchema } from '../../src/store/openSchema.js';
import { hasNoLeader } from '../../src/stream/hasNoLeader.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/freePort.js';
import { lastfix, MAIN } from '../support/lastfix.js';
import { NatsCluster } from '../support/NatsCluster.js';
import { ownDatabase } from './ownDatabase.js';

const RECORDING = 'fixtures/minute.csv';
const ROWS = 129;
const WAITS = /takes nothing: (?:its servers have no leader|it did not answer in time); trying again until it does/;
const HERE = process.cwd();

describe('a cluster of brokers that has no leader', () => {
  const own = ownDatabase();
  const started = new Set<ChildProcess>();
  let cluster: NatsCluster;
  let port: number;
  before(async () => {
    [cluster, port] = await Promise.all([NatsCluster.start(), freePort()]);
    await openSchema(own().database, { shown: 'the store', writes: true });
    expect((await lastfix(publishing('there'), HERE)).status).to.equal(0);
    await Promise.all(cluster.servers.slice(1).map((server) => server.kill()));
    await leaderless();
  });
  afterEach(() => {
    for (const child of started) child.kill('SIGKILL');
    started.clear();
  });
  after(() => cluster.remove());

  /** Resolves when the server that is left knows that it is alone. */
  const leaderless = async () => {
    const connection = await connect({ servers: cluster.servers[0]!.address });
    try {
      const manager = await jetstreamManager(connection, { checkAPI: false });
      const isAlone = () => manager.streams.info('none').then(() => false, (error: unknown) => hasNoLeader(error));
      while (!(await isAlone()));
    } finally {
      await connection.close();
    }
  };
  const publishing = (stream: string, ...more: readonly string[]) => ['replay', RECORDING, '--rate', 'max', '--output', cluster.url(stream), ...more];
  const working = (stream: string) => ['replay', cluster.url(stream), '--output', own().url, '--drain'];
  const taking = (stream: string) => ['gateway', '--output', cluster.url(stream), '--http', String(port)];
  const start = (args: readonly string[]) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    started.add(child);
    const ended = once(child, 'close').then(([status]) => status as number | null);
    return { child, ended, said: () => said, says: (pattern: RegExp) => eventually(() => pattern.test(said), () => said) };
  };

  it('should not keep those who are started from ending when they are asked to', async () => {
    const programs = [publishing('none'), publishing('there', '--resume', '--rebase', 'now'), working('none'), taking('none')].map(start);
    for (const { says } of programs) await says(WAITS);
    for (const { child } of programs) child.kill('SIGTERM');
    expect(await Promise.all(programs.map(({ ended }) => ended))).to.deep.equal([130, 130, 130, 0]);
    expect(programs[0]!.said()).to.match(/interrupted while opening \S+: nothing was written/);
  });

  it('should be waited for by those who are started', async () => {
    const [publisher, resumed, worker, gateway] = [publishing('made'), publishing('there', '--resume'), working('there'), taking('taken')].map(start) as [
      ReturnType<typeof start>, ReturnType<typeof start>, ReturnType<typeof start>, ReturnType<typeof start>,
    ];
    for (const { says } of [publisher, resumed, worker, gateway]) await says(/takes nothing/);
    await Promise.all(cluster.servers.slice(1).map((server) => server.start()));
    for (const { ended, said } of [publisher, resumed, worker]) expect(await ended, said()).to.equal(0);
    expect(resumed.said()).to.include('nothing was missing');
    await gateway.says(/taking fixes/);
    const body = '{"device_id":"7","lat":52.5,"lon":13.4,"event_time":"2021-10-23T12:30:36Z"}';
    expect((await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })).status).to.equal(200);
    const { rows } = await own().database.query('select fixes from lastfix.head');
    expect(rows).to.deep.equal([{ fixes: ROWS }]);
  });
});
