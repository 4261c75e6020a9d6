import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { generateRecording, logPaths, monotonic } from '../../src/index.js';
import { Dice } from '../../src/generate/Dice.js';
import { openSchema } from '../../src/store/openSchema.js';
import { openStream } from '../../src/stream/openStream.js';
import type { Stream } from '../../src/stream/Stream.js';
import { streamUrl } from '../../src/stream/streamUrl.js';
import { openReader } from '../../src/worker/openReader.js';
import { rowsByChance } from '../support/arbitraryStoreRows.js';
import { failureOf } from '../support/failureOf.js';
import { fillStream } from '../support/fillStream.js';
import { lastfix, MAIN } from '../support/lastfix.js';
import { NatsServer } from '../support/NatsServer.js';
import { expectStore, StoreFollower } from '../support/storeModel.js';
import { asWritten } from '../support/streamedRows.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { startWorker } from '../support/workersOf.js';
import { ownDatabase } from './ownDatabase.js';
import { postgres } from './postgres.js';

const PATIENCE = 60_000;

describe('lastfix replay of a stream into a store', () => {
  const at = temporaryFolder();
  const server = postgres();
  const own = ownDatabase();
  let nats: NatsServer;
  let stream: Stream;
  let streams = 0;
  const started = new Set<ChildProcess>();
  before(async () => { nats = await NatsServer.start(); });
  after(() => nats.remove());
  beforeEach(async () => {
    await own().database.query('drop schema if exists lastfix cascade');
    await openSchema(own().database, { shown: 'the store', writes: true });
    await own().database.query("insert into lastfix.sources (name) values ('recording 1'), ('recording 2')");
    stream = await openStream(streamUrl(nats.url(`gps${++streams}`)), { make: { partitions: 4 } });
  });
  afterEach(async () => {
    for (const child of started) child.kill('SIGKILL');
    started.clear();
    await stream.close();
  });
  const url = () => nats.url(stream.name);
  const args = (...more: readonly string[]) => ['replay', url(), '--output', own().url, '--stats', 'stats.json', ...more];
  /** Starts a worker as a process, and collects what it says. */
  const start = (...more: readonly string[]) => {
    const child = spawn(process.execPath, [MAIN, ...args(...more)], { cwd: at(), stdio: ['ignore', 'ignore', 'pipe'] });
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    started.add(child);
    return { child, said, ended: once(child, 'close').then(([status]) => status as number | null) };
  };
  const until = async (what: string, holds: () => Promise<boolean>) => {
    const deadline = performance.now() + PATIENCE;
    while (!(await holds())) {
      await wait(20);
      if (performance.now() > deadline) throw new Error(`it is not so: ${what}`);
    }
  };
  const count = async (sql: string) => (await own().database.query<{ count: number }>(sql)).rows[0]!.count;
  const holders = () => count('select count(distinct worker)::int as count from lastfix.partitions');
  const fixes = () => count('select fixes as count from lastfix.head');
  const rowsOf = (seed: number, rows: number) => asWritten(rowsByChance(new Dice(seed), rows));

  it('should commit each fix once and in order, when one worker is killed and one stopped past its leases', async () => {
    const [rows, dice, follower] = [rowsOf(1, 4000), new Dice(1), new StoreFollower()];
    const [stopped, killed] = [start(), start()];
    await until('both have partitions', async () => (await holders()) === 2);
    await fillStream(stream, rows.slice(0, 1500), dice);
    await until('something is committed', async () => (await fixes()) > 0);
    stopped.child.kill('SIGSTOP');
    await fillStream(stream, rows.slice(1500, 3000), dice);
    await until('the other has all', async () => (await holders()) === 1);
    await follower.follow(own().database);
    killed.child.kill('SIGKILL');
    stopped.child.kill('SIGCONT');
    await fillStream(stream, rows.slice(3000), dice);
    const drained = start('--drain');
    expect(await drained.ended, drained.said.join('')).to.equal(0);
    await until('the one that was stopped says so', () => Promise.resolve(/partitions? [\d, ]+ (?:is|are) another worker's now/.test(stopped.said.join(''))));
    stopped.child.kill('SIGTERM');
    expect(await stopped.ended, stopped.said.join('')).to.equal(130);
    expect(await count('select count(*)::int as count from lastfix.partitions where worker is not null')).to.equal(0);
    await expectStore(own().database, rows, follower);
  });

  it('should lose and double nothing when the broker and the database are away, and say each once', async () => {
    const [rows, dice] = [rowsOf(2, 3000), new Dice(2)];
    const running = start();
    await fillStream(stream, rows.slice(0, 1000), dice);
    await until('it is committed', async () => (await fixes()) === 1000);
    await nats.kill();
    await until('it is said', () => Promise.resolve(running.said.join('').includes('takes nothing')));
    await nats.start();
    await until('the stream is there again', () => stream.state().then(() => true, () => false));
    await fillStream(stream, rows.slice(1000, 2000), dice);
    await until('it is committed, too', async () => (await fixes()) === 2000);
    server().stop('immediate');
    await fillStream(stream, rows.slice(2000), dice);
    await until('it is said, too', () => Promise.resolve(running.said.join('').includes('it is tried again until it is there')));
    server().again();
    await until('all is committed', () => fixes().then((found) => found === rows.length, () => false));
    running.child.kill('SIGINT');
    expect(await running.ended, running.said.join('')).to.equal(130);
    const said = running.said.join('');
    expect(said.match(/takes nothing/g), said).to.have.length(1);
    expect(said.match(/is reached again/g), said).to.have.length(1);
    await expectStore(own().database, rows);
  });

  it('should end with 1 and the numbers where messages are missing, and go on when that is accepted', async () => {
    const [rows, dice] = [rowsOf(3, 600), new Dice(3)];
    await fillStream(stream, rows.slice(0, 300), dice);
    expect((await lastfix(args('--drain'), at())).status).to.equal(0);
    await fillStream(stream, rows.slice(300), dice);
    const { last } = await stream.state();
    await stream.manager().streams.purge(stream.name, { seq: last + 1 });
    const missing = await lastfix(args('--drain'), at());
    expect(missing.status).to.equal(1);
    expect(missing.stderr).to.match(/messages \d+ to \d+ are no longer in the stream.*--accept-gap/);
    expect(missing.stderr).to.match(/rows read/);
    await stream.manager().streams.delete(stream.name);
    const again = await openStream(streamUrl(url()), { make: { partitions: 4 } });
    await fillStream(again, rows.slice(450), dice);
    await again.close();
    const anew = await lastfix(args('--drain'), at());
    expect(anew.stderr).to.match(/the stream was created again at/);
    expect(anew.status).to.equal(1);
    const accepted = await lastfix(args('--drain', '--accept-gap'), at());
    expect(accepted.status, accepted.stderr).to.equal(0);
    await expectStore(own().database, [...rows.slice(0, 300), ...rows.slice(450)]);
    expect(await count('select count(*)::int as count from lastfix.rejected')).to.equal(4);
  });

  it('should write a log that is that of the recording itself, though it was killed meanwhile', async () => {
    const recording = [...generateRecording({ devices: 30, duration: 300_000, seed: 4 })].join('');
    writeFileSync(at('recording.csv'), `${recording}7,nan,13,2021-10-23T12:30:00Z,2021-10-23T12:30:01Z,3\n`);
    const files = (name: string) => Object.values(logPaths(at(name))).filter((path) => path.endsWith('.csv')).map((path) => readFileSync(path, 'utf8'));
    expect((await lastfix(['replay', 'recording.csv', '--rate', 'max', '--output', 'direct.csv'], at())).status).to.equal(0);
    expect((await lastfix(['replay', 'recording.csv', '--rate', 'max', '--output', url()], at())).status).to.equal(0);
    const log = ['replay', url(), '--output', 'log.csv', '--resume', '--flush', '1ms'];
    const killed = await lastfix(log, at(), async (child) => {
      await until('rows are written', () => Promise.resolve(existsSync(at('log.csv')) && readFileSync(at('log.csv')).length > 1000));
      child.kill('SIGKILL');
    });
    expect(killed.signal).to.equal('SIGKILL');
    for (let time = 0; time < 2; time++) {
      const { status, stderr } = await lastfix([...log, '--drain'], at());
      expect(status, stderr).to.equal(0);
      expect(files('log.csv')).to.deep.equal(files('direct.csv'));
    }
  });

  it('should find a purge of a subject, which is silent in the state of the stream', async () => {
    const [rows, dice, said] = [rowsOf(4, 600), new Dice(4), [] as string[]];
    const reader = await openReader(streamUrl(url()), { said: (line) => said.push(line), scheduler: monotonic });
    try {
      await fillStream(stream, rows.slice(0, 300), dice);
      await startWorker(reader, own().database, { drains: true }).ended;
      await expectStore(own().database, rows.slice(0, 300));
      await fillStream(stream, rows.slice(300), dice);
      await stream.manager().streams.purge(stream.name, { filter: stream.subjectOf(1) });
      expect((await failureOf(startWorker(reader, own().database).ended)).message).to.match(/partition 1 had been read up to message \d+, which is no longer/);
    } finally {
      await reader.close();
    }
  });
});
