import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { formatInstant, parseInstant } from '../../src/domain/instant.js';
import type { ReplayReport } from '../../src/cli/replay/reportOf.js';
import { formatLine } from '../../src/stream/formatLine.js';
import { openStream } from '../../src/stream/openStream.js';
import { partitionOf } from '../../src/stream/partitionOf.js';
import { Publisher } from '../../src/stream/Publisher.js';
import { StreamCarrier } from '../../src/stream/StreamCarrier.js';
import { streamUrl } from '../../src/stream/streamUrl.js';
import { failureOf } from '../support/failureOf.js';
import { lastfix } from '../support/lastfix.js';
import { NatsCluster } from '../support/NatsCluster.js';
import { NatsServer } from '../support/NatsServer.js';
import { PostgresServer } from '../support/PostgresServer.js';
import { fixesIn, readStream, type ReadMessage } from '../support/readStream.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const PARTITIONS = 4;
const START = parseInstant('2021-10-23T12:30:00Z')!;
const DEVICES = ['7', '007', 'a.b c', 'Köln/7', '"q"', ...Array.from({ length: 20 }, (_, i) => `bus ${i}`)];
const [FIXES, MICROS] = [6000, 250];
const FIRST = '{"time":"2021-10-23T12:30:00.000000Z","device_id":"7","lat":"1.50","lon":2,"speed":null,"event_time":"2021-10-23T12:29:59.000000Z","note":"x, y","seq":0}';

describe('lastfix replay into a stream', () => {
  const at = temporaryFolder();
  let server: NatsServer;
  /** The lines that each partition must have: those of its devices, in order. */
  let expected: string[][];
  const lineOf = (place: number) => {
    const device = DEVICES[place % DEVICES.length]!;
    return { device, arrival: START + place * MICROS, event: START + place * MICROS - 1_000_000, place };
  };
  before(async () => {
    server = await NatsServer.start();
    const rows = ['device_fk_id,latitude,longitude,time_stamp,sts,speed,note'];
    expected = Array.from({ length: PARTITIONS }, () => []);
    for (let place = 0; place < FIXES; place++) {
      const { device, arrival, event } = lineOf(place);
      rows.push(`"${device.replaceAll('"', '""')}",1.50,2,${formatInstant(event)},${formatInstant(arrival)},,"x, y"`);
      if (place % 1000 === 0) rows.push(`bad ${place},91,2,${formatInstant(event)},${formatInstant(arrival)},,`);
      expected[partitionOf(device, PARTITIONS)]!.push(
        `{"time":"${formatInstant(arrival)}","device_id":${JSON.stringify(device)},"lat":"1.50","lon":2,"speed":null,"event_time":"${formatInstant(event)}","note":"x, y","seq":${place}}`,
      );
    }
    expect(expected.flat()).to.include(FIRST);
    writeFileSync(at('many.csv'), `${rows.join('\n')}\n`);
  });
  after(() => server.remove());
  const replay = (stream: string, ...more: readonly string[]) => ['replay', 'many.csv', '--output', server.url(stream), '--stats', 'stats.json', ...more];
  const report = () => JSON.parse(readFileSync(at('stats.json'), 'utf8')) as ReplayReport;
  const keyOf = ({ device, seq }: { device: string; seq?: number }) => `${device} ${seq}`;
  /** Expects each fix once, in the order of its partition. */
  const expectAll = (messages: readonly ReadMessage[], stream: string) => {
    for (const [partition, lines] of expected.entries()) {
      const found = fixesIn(messages.filter(({ subject }) => subject === `${stream}.${partition}`));
      expect(found.map(keyOf)).to.deep.equal(lines.map((line) => { const { device_id, seq } = JSON.parse(line) as { device_id: string; seq: number }; return `${device_id} ${seq}`; }));
      expect(found[0]).to.deep.include({ latitude: '1.50', longitude: '2', speed: '', extra: { note: 'x, y' } });
    }
  };

  it('should bring each fix once into its partition, in order, with ticks, and the rows that are none', async () => {
    const { status, stderr } = await lastfix(replay('whole', '--rate', 'max', '--partitions', String(PARTITIONS), '--keep-for', '1h'), at());
    expect(status, stderr).to.equal(0);
    const messages = await readStream(server.port, 'whole');
    expectAll(messages, 'whole');
    expect(report().sending).to.include({ sent: FIXES, acknowledged: FIXES, refused: 0, unacknowledged: 0 });
    expect(report().sending!.acknowledgement_ms!.p99).to.be.above(0);
    for (const message of messages) {
      expect(message.header('Lastfix-Source')).to.match(/^recording [\da-f]{64} read as [\da-f]{16}$/);
      expect(message.header('Content-Type')).to.equal('application/x-ndjson');
      expect(message.lines.length).to.be.at.most(500);
    }
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const lines = messages.filter(({ subject }) => subject === `whole.${partition}`).flatMap(({ lines }) => lines);
      expect(lines.at(-1)).to.deep.include({ kind: 'tick', arrival: START + (FIXES - 1) * MICROS + 1, ends: true });
    }
    const rejected = messages.flatMap(({ lines }) => lines).filter((line) => line.kind === 'rejected');
    expect(rejected.map(({ from }) => from)).to.deep.equal([0, 1, 2, 3, 4, 5].map((seq) => ({ seq, line: 3 + seq * 1001 })));
    expect(rejected[1]).to.deep.include({ reason: 'latitude "91" is not a number from -90 to 90' });
    expect(Buffer.from(rejected[1]!.record).toString()).to.match(/^bad 1000,91,2,/);
  });

  it('should have each fix once, in order, when the server is killed and started under it', async () => {
    const { status, stderr } = await lastfix(replay('killed', '--rate', '0.5', '--partitions', String(PARTITIONS)), at(), async () => {
      for (let kills = 0; kills < 2; kills++) {
        await untilBytes(server, 'killed', 150_000 * (kills + 1));
        await server.kill();
        await server.start();
      }
    });
    expect(status, stderr).to.equal(0);
    expect(stderr).to.match(/killed takes nothing: the connection was lost/).and.match(/killed answers again/);
    expectAll(await readStream(server.port, 'killed'), 'killed');
  });

  it('should go on after what the stream has when it was killed, also behind the messages of others', async () => {
    const args = replay('resumed', '--rate', '0.2', '--partitions', String(PARTITIONS));
    const { signal } = await lastfix(args, at(), async (child) => {
      await untilBytes(server, 'resumed', 150_000);
      child.kill('SIGKILL');
    });
    expect(signal).to.equal('SIGKILL');
    const before = fixesIn(await readStream(server.port, 'resumed')).length;
    expect(before).to.be.above(0).and.below(FIXES);
    const other = await openStream(streamUrl(server.url('resumed')));
    const publisher = new Publisher(other, { source: 'another' });
    for (const device of DEVICES) await publisher.publish([{ device, event: START, arrival: START, latitude: '1', longitude: '1', speed: '', extra: {} }]);
    await publisher.close();
    const { status, stderr } = await lastfix([...args, '--rate', 'max', '--resume'], at());
    expect(status, stderr).to.equal(0);
    expect(report().sending!.acknowledged).to.equal(FIXES - before);
    const messages = (await readStream(server.port, 'resumed')).filter((message) => message.header('Lastfix-Source') !== 'another');
    expectAll(messages, 'resumed');
    const rejected = messages.flatMap(({ lines }) => lines).filter((line) => line.kind === 'rejected');
    expect(rejected.map(({ from }) => from!.seq)).to.deep.equal([0, 1, 2, 3, 4, 5]);
    const again = await lastfix([...args, '--rate', 'max', '--resume'], at());
    expect(again.stderr).to.include(`going on after the first 6,000 fixes, which are in nats://127.0.0.1:${server.port}/resumed`);
    expect(again.stderr).to.include('nothing was missing, and nothing was written');
  });

  it('should go on with the times that it began with, when it is rebased', async () => {
    const args = replay('rebased', '--rate', '0.2', '--partitions', '1', '--rebase', 'now');
    const interrupted = await lastfix(args, at(), async (child) => {
      await untilBytes(server, 'rebased', 100_000);
      child.kill('SIGINT');
    });
    expect(interrupted.status, interrupted.stderr).to.equal(130);
    expect(interrupted.stderr).to.include('interrupted: the same command with --resume goes on from here');
    const { status, stderr } = await lastfix([...args, '--rate', 'max', '--resume'], at());
    expect(status, stderr).to.equal(0);
    const fixes = fixesIn(await readStream(server.port, 'rebased'));
    expect(fixes.map(({ seq }) => seq)).to.deep.equal(Array.from({ length: FIXES }, (_, seq) => seq));
    for (const { arrival, seq } of fixes) expect(arrival! - fixes[0]!.arrival!).to.equal(seq! * MICROS);
  });

  it('should bring the fixes into a store as the same that a replay into it brings', async () => {
    const postgres = await PostgresServer.start();
    try {
      const play = (...args: readonly string[]) => lastfix(['replay', ...args, '--stats', 'stats.json'], at());
      const MINUTE = fileURLToPath(new URL('../../../fixtures/minute.csv', import.meta.url));
      for (const output of [server.url('same'), postgres.url()])
        expect((await play(MINUTE, '--rate', 'max', '--output', output)).status).to.equal(0);
      const { status, stderr } = await play(server.url('same'), '--drain', '--output', postgres.url());
      expect(status, stderr).to.equal(0);
      expect(report()).to.include({ changes: 0, late: 0, duplicate: 0, conflict: 0, already_there: 129 });
    } finally {
      postgres.remove();
    }
  });

  it('should send changes alone, if that is asked for', async () => {
    const { status, stderr } = await lastfix(['replay', '--rate', 'max', '--send', 'changes', '--output', server.url('changes'), '--stats', 'stats.json'], at());
    expect(status, stderr).to.equal(0);
    expect(fixesIn(await readStream(server.port, 'changes'))).to.have.length(report().changes);
  });

  it('should send what is too large for a message in parts, and say what is too large alone', async () => {
    const small = await NatsServer.start({ settings: 'max_payload: 16384' });
    try {
      const time = '2021-10-23T12:30:00Z';
      const row = (device: string, note: string) => `${device},1,2,${time},${time},3,${note}\n`;
      writeFileSync(at('large.csv'), `device_fk_id,latitude,longitude,time_stamp,sts,speed,note\n${row('a', 'x'.repeat(9000)).repeat(3)}${row('b', 'x'.repeat(20_000))}${row('a', 'last')}`);
      const { status, stderr } = await lastfix(['replay', 'large.csv', '--rate', 'max', '--output', small.url(), '--partitions', '1', '--stats', 'stats.json'], at());
      expect(status, stderr).to.equal(0);
      expect(report().sending).to.include({ sent: 5, acknowledged: 4, refused: 1 });
      expect(stderr).to.match(/refused: 1 fix: it is larger than the 16384 bytes that the server takes; the first: seq 4, of b at/);
      expect(fixesIn(await readStream(small.port)).map(({ extra }) => extra['note']!.length)).to.deep.equal([9000, 9000, 9000, 4]);
    } finally {
      await small.remove();
    }
  });
});

describe('Publisher', () => {
  const fix = (device: string) => ({ device, event: START, arrival: START, latitude: '1', longitude: '2', speed: '', extra: {} });

  it('should say that it is full while the server is away, and send all when it is back', async () => {
    const server = await NatsServer.start();
    const stream = await openStream(streamUrl(server.url()), { make: { partitions: 2 } });
    const publisher = new Publisher(stream, { source: 'test', full: { fixes: 10, bytes: 1e6 } });
    try {
      await publisher.publish([fix('a')]);
      await server.kill();
      const sending = Array.from({ length: 10 }, (_, i) => publisher.publish([fix(`d${i}`)]));
      expect(publisher.isFull).to.equal(true);
      const tick = publisher.tick(START + 1);
      await publisher.tick(START + 2); // another is left out while one waits
      await server.start();
      await Promise.all([...sending, tick]);
      expect([publisher.isFull, publisher.lines, publisher.bytes]).to.deep.equal([false, 0, 0]);
      const messages = await readStream(server.port);
      expect(fixesIn(messages)).to.have.length(11);
      const ticks = messages.flatMap(({ lines }) => lines).flatMap((line) => (line.kind === 'tick' ? [line.arrival] : []));
      expect(ticks).to.deep.equal([START + 1, START + 1]);
    } finally {
      await publisher.close();
      await server.remove();
    }
  });

  it('should be known by what it sends again, so that the stream has it once', async () => {
    const server = await NatsServer.start();
    const stream = await openStream(streamUrl(server.url()), { make: { partitions: 1 } });
    try {
      const carrier = new StreamCarrier(stream, { source: 'test', publisher: 'p', isPlaced: true });
      const parcel = (place: number) => ({ device: 'a', arrival: START, place, text: formatLine({ ...fix('a'), seq: place - 1 }), bytes: 1, due: NaN, lane: 0 });
      const { signal } = new AbortController();
      for (const parcels of [[parcel(1)], [parcel(1)], [parcel(2), parcel(3)], [parcel(3)]]) expect(await carrier.carry(parcels, signal)).to.deep.equal({ kind: 'taken' });
      expect(fixesIn(await readStream(server.port)).map(({ seq }) => seq)).to.deep.equal([0, 1, 2]);
    } finally {
      await stream.close();
      await server.remove();
    }
  });

  it('should send again what was purged, though the stream knows its id', async () => {
    const server = await NatsServer.start();
    try {
      for (const purged of [true, false]) {
        const stream = await openStream(streamUrl(server.url()), { make: { partitions: 1 } });
        const publisher = new Publisher(stream, { source: 'test', isPlaced: true });
        await publisher.publish([{ ...fix('a'), seq: 0 }, { ...fix('b'), seq: 1 }]);
        if (purged) await stream.manager().streams.purge('gps');
        await publisher.close();
      }
      expect(fixesIn(await readStream(server.port)).map(({ device }) => device)).to.deep.equal(['a', 'b']);
    } finally {
      await server.remove();
    }
  });

  it('should have each fix once, in order, when the leader of three servers is killed', async () => {
    const cluster = await NatsCluster.start();
    try {
      const said: string[] = [];
      const stream = await openStream(streamUrl(cluster.url()), { make: { partitions: 2 }, said: (line) => said.push(line) });
      expect(said).to.deep.equal([`${stream.shown} was made: 2 partitions, kept for 7d, on 3 servers`]);
      const publisher = new Publisher(stream, { source: 'test' });
      const devices = Array.from({ length: 300 }, (_, i) => String(i));
      const sending: Promise<void>[] = [];
      const leader = await cluster.leaderOf('gps');
      for (const device of devices) {
        sending.push(publisher.publish([fix(device)]));
        if (device === '100') {
          await sending[0];
          await leader.kill();
        }
      }
      await Promise.all(sending);
      await leader.start(); // a consumer could be made on the one that is gone
      const alive = (await cluster.leaderOf('gps')).port;
      const messages = await readStream(alive);
      for (let partition = 0; partition < 2; partition++)
        expect(fixesIn(messages.filter(({ subject }) => subject === `gps.${partition}`)).map(({ device }) => device)).to.deep.equal(
          devices.filter((device) => partitionOf(device, 2) === partition),
        );
      await publisher.close();
    } finally {
      await cluster.remove();
    }
  });

  it('should give up what waits when it is closed', async () => {
    const server = await NatsServer.start();
    const stream = await openStream(streamUrl(server.url()), { make: {} });
    const publisher = new Publisher(stream, { source: 'test' });
    await server.remove();
    const sending = failureOf(publisher.publish([fix('a')]));
    await publisher.close();
    expect((await sending).message).to.include('was closed before it had everything');
    expect((await failureOf(publisher.publish([fix('b')]))).message).to.include('was closed');
  });
});

/** Resolves when a stream is there and has so many bytes. */
async function untilBytes(server: NatsServer, name: string, bytes: number): Promise<void> {
  const opened = () => openStream(streamUrl(server.url(name))).catch(() => undefined);
  let stream = await opened();
  while (!stream) stream = await opened();
  try {
    while ((await stream.state()).bytes < bytes) await stream.connection.flush();
  } finally {
    await stream.close();
  }
}
