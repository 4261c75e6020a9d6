import { expect } from 'chai';
import { of } from 'rxjs';
import { setTimeout as wait } from 'node:timers/promises';
import { Dice } from '../../src/generate/Dice.js';
import type { Database } from '../../src/store/Database.js';
import { openSchema } from '../../src/store/openSchema.js';
import type { StoreRow } from '../../src/store/StoreRow.js';
import { formatLine } from '../../src/stream/formatLine.js';
import { formatTick } from '../../src/stream/formatTick.js';
import { partitionOf } from '../../src/stream/partitionOf.js';
import { FakeStream } from '../support/FakeStream.js';
import { failureOf } from '../support/failureOf.js';
import { pglite } from '../support/pglite.js';
import { settled } from '../support/settled.js';
import { rowsByChance } from '../support/arbitraryStoreRows.js';
import { expectStore, StoreFollower } from '../support/storeModel.js';
import { asWritten, lineOfRow, sourceOfRow } from '../support/streamedRows.js';
import { startWorker } from '../support/workersOf.js';

const PATIENCE = 30_000;

describe('worker', function () {
  this.timeout(30_000);
  const database = pglite();
  beforeEach(async () => {
    await openSchema(database(), { shown: 'the store', writes: true });
    await database().query("insert into lastfix.sources (name) values ('recording 1'), ('recording 2')");
  });

  const rowsOf = (seed: number, count = 600) => asWritten(rowsByChance(new Dice(seed), count));
  /** Sends rows in messages of up to 40 lines, each device in one partition, some messages twice. */
  const send = (stream: FakeStream, rows: readonly StoreRow[], dice = new Dice(1)) => {
    const messages = new Map<string, StoreRow[]>();
    const publish = (key: string, part: readonly StoreRow[]) =>
      stream.publish(Number(key.split(' ')[0]), part.map(lineOfRow), sourceOfRow(part[0]!));
    for (const row of rows) {
      const key = `${partitionOf(row.device, stream.partitions)} ${sourceOfRow(row)}`;
      const part = messages.get(key) ?? [];
      messages.set(key, part);
      part.push(row);
      if (part.length < 40) continue;
      publish(key, part);
      if (dice.happens(0.1)) publish(key, part);
      messages.delete(key);
    }
    for (const [key, part] of messages) publish(key, part);
  };
  const count = async (sql: string) => (await database().query<{ count: number }>(sql)).rows[0]!.count;
  const until = async (holds: () => boolean | Promise<boolean>) => {
    const deadline = performance.now() + PATIENCE;
    while (!(await holds())) {
      await wait(10);
      if (performance.now() > deadline) throw new Error(`it is not so: ${holds.toString()}`);
    }
  };
  const fixes = () => count('select fixes as count from lastfix.head');
  const positions = async () => (await database().query('select partition, seq, worker from lastfix.partitions order by 1')).rows;

  it('should commit what is there once and in order, and end when it has', async () => {
    const [stream, rows, follower] = [new FakeStream(3), rowsOf(1), new StoreFollower()];
    send(stream, rows);
    const { commits, ended } = startWorker(stream, database(), { drains: true });
    await ended;
    await expectStore(database(), rows, follower);
    expect(commits.reduce((sum, { settled }) => sum + settled, 0)).to.be.at.least(rows.length);
    expect((await positions()).every(({ worker }: { worker?: unknown }) => worker === null)).to.equal(true);
  });

  it('should take all that the stream has, also where a server is behind that is asked', async () => {
    const [stream, rows] = [new FakeStream(2), rowsOf(11, 200)];
    send(stream, rows);
    stream.behind = 3;
    await startWorker(stream, database(), { drains: true }).ended;
    await expectStore(database(), rows);
  });

  it('should wait for messages that a server does not have for a moment, in which another leads', async () => {
    const [stream, rows] = [new FakeStream(2), rowsOf(12, 200)];
    send(stream, rows);
    const running = startWorker(stream, database(), { settles: 5000 });
    await until(async () => (await fixes()) === rows.length);
    const back = stream.lose(4);
    await wait(1000); // it would end
    back();
    const { ended } = startWorker(stream, database(), { drains: true });
    await Promise.all([ended, running.stop()]);
    await expectStore(database(), rows);
  });

  it('should go on where the store is, also when that is where it was before', async () => {
    const [stream, rows] = [new FakeStream(2), rowsOf(2)];
    send(stream, rows.slice(0, 300));
    await startWorker(stream, database(), { drains: true }).ended;
    const restore = await dumped(database());
    send(stream, rows.slice(300));
    await startWorker(stream, database(), { drains: true }).ended;
    const given = stream.given;
    await startWorker(stream, database(), { drains: true }).ended;
    expect(stream.given - given).to.be.at.most(2); // the last of each partition
    await expectStore(database(), rows);
    await restore();
    await expectStore(database(), rows.slice(0, 300));
    await startWorker(stream, database(), { drains: true }).ended;
    await expectStore(database(), rows);
  });

  it('should share with others, and let go for who comes', async () => {
    const [stream, rows] = [new FakeStream(4), rowsOf(3)];
    const one = startWorker(stream, database());
    send(stream, rows.slice(0, 200));
    await until(async () => (await fixes()) === 200);
    const other = startWorker(stream, database());
    await until(async () => (await count('select count(distinct worker)::int as count from lastfix.partitions')) === 2);
    expect(await count('select count(*)::int as count from lastfix.partitions group by worker')).to.equal(2);
    send(stream, rows.slice(200));
    await until(async () => (await fixes()) === rows.length);
    await one.stop();
    await until(async () => (await count('select count(*)::int as count from lastfix.partitions where worker is not null')) === 4);
    await other.stop();
    await expectStore(database(), rows);
    expect([...one.said, ...other.said]).to.deep.equal([]);
  });

  it('should leave to others what it had when the store was backed up, if that is above its share', async () => {
    const [stream, rows] = [new FakeStream(4), rowsOf(9, 300)];
    const workers = [startWorker(stream, database()), startWorker(stream, database())];
    const owners = async () => (await positions()).map(({ worker }: { worker?: unknown }) => worker);
    await until(async () => new Set(await owners()).size === 2 && !(await owners()).includes(null));
    await database().query(`update lastfix.partitions set worker = $1, epoch = epoch + 9, lease = clock_timestamp() + interval '1 s'
      where worker <> $1`, [(await owners())[0] as string]);
    send(stream, rows);
    await until(async () => (await fixes()) === rows.length);
    for (const worker of workers) await worker.stop();
    await expectStore(database(), rows);
  });

  it('should take again what the store lacks since it was restored, though it has its partitions and its sources still', async () => {
    const [stream, rows] = [new FakeStream(2), rowsOf(13)];
    const running = startWorker(stream, database());
    send(stream, rows.slice(0, 200));
    await until(async () => (await fixes()) === 200);
    const restore = await dumped(database());
    send(stream, rows.slice(200, 400));
    await until(async () => (await fixes()) === 400);
    await restore();
    send(stream, rows.slice(400));
    await until(async () => (await fixes()) === rows.length);
    await running.stop();
    await expectStore(database(), rows);
  });

  it('should ask for the number of a source anew where the store has another by it, since it was restored', async () => {
    const stream = new FakeStream(2);
    const rows = rowsOf(10).filter((row) => sourceOfRow(row) === 'recording 1');
    const [first, rest] = [rows.slice(0, 100), rows.slice(100)];
    const running = startWorker(stream, database());
    send(stream, first);
    await until(async () => (await fixes()) === first.length);
    await database().query("update lastfix.sources set name = 'another' where source = 1");
    send(stream, rest);
    await until(async () => (await fixes()) === rows.length);
    await running.stop();
    const number = await count("select source as count from lastfix.sources where name = 'recording 1'");
    expect(number).not.to.equal(1);
    await expectStore(database(), [...first, ...rest.map((row) => ({ ...row, seq: row.seq + (number - 1) * 2 ** 40 }))]);
  });

  it('should be refused where another has taken over, say so, and go on with the rest', async () => {
    const [stream, rows] = [new FakeStream(2), rowsOf(4)];
    const stale = startWorker(stream, database(), { flushEvery: 1000 });
    await until(async () => (await count('select count(*)::int as count from lastfix.partitions where worker is not null')) === 2);
    send(stream, rows.slice(0, 300));
    await until(() => stream.given > 4);
    await database().query("update lastfix.partitions set worker = 'another', epoch = epoch + 1, lease = clock_timestamp() + interval '2 s' where partition = 0");
    await until(() => stale.said.length > 0);
    expect(stale.said[0]).to.match(/^partition 0 is another worker's now/);
    send(stream, rows.slice(300));
    await startWorker(stream, database(), { drains: true }).ended;
    await stale.stop();
    await expectStore(database(), rows);
  });

  it('should stop pulling, and say once that the stream or the database is away', async () => {
    const [stream, rows] = [new FakeStream(1), rowsOf(5, 300)];
    let isAway = false;
    const away = (real: Database): Database => {
      const checked = async <T>(work: () => Promise<T>) => {
        if (isAway) throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
        return work();
      };
      return {
        query: (sql, parameters) => checked(() => real.query(sql, parameters)),
        reading: (ask) => checked(() => real.reading(ask)),
        writing: (write) => checked(() => real.writing(write)),
        close: () => real.close(),
      };
    };
    const running = startWorker(stream, away(database()));
    send(stream, rows.slice(0, 100));
    await until(async () => (await fixes()) === 100);
    isAway = true;
    const many = Array.from({ length: 60_000 }, (_, i): StoreRow => ({ ...rows[0]!, device: 'many', seq: 2 ** 40 + 1000 + i, written: null, further: null }));
    for (let at = 0; at < many.length; at += 1000) stream.publish(0, many.slice(at, at + 1000).map(lineOfRow), 'recording 1');
    await until(() => running.said.length > 0);
    const before = stream.given;
    await until(() => stream.given - before > 30 || stream.given > 35);
    await wait(300); // what would be pulled is by now
    expect(stream.given).to.be.below(50);
    expect(running.said).to.have.length(1);
    isAway = false;
    await until(async () => (await fixes()) === 100 + many.length);
    expect(running.said).to.deep.equal([running.said[0], 'the store is reached again']);
    stream.isAway = true;
    stream.break();
    await until(() => running.said.length === 3);
    stream.isAway = false;
    send(stream, rows.slice(100));
    await until(async () => (await fixes()) === rows.length + many.length);
    expect(running.said.slice(2).map((line) => line.replace(/[\d.]+ s/, 'x s'))).to.deep.equal([
      'nats://here/gps takes nothing: it does not answer; trying again until it does',
      'nats://here/gps answers again, after x s',
    ]);
    await running.stop();
  });

  it('should keep what is no fix, and what PostgreSQL cannot keep, and go on after it', async () => {
    const stream = new FakeStream(1);
    const line = (more: object) => JSON.stringify({ device_id: '7', lat: 52.5, lon: 13.4, event_time: '2021-10-23T12:30:00Z', time: '2021-10-23T12:30:01Z', ...more });
    stream.publish(0, ['no JSON', line({ device_id: 'a\0b' }), line({ note: '\ud800' }), line({ note: 'new' }), formatTick(Date.UTC(2021, 9, 23, 13) * 1000)]);
    stream.publish(0, [line({ device_id: '\udfffx' }), '{"rejected":"raw","reason":"why","seq":3,"line":9}', line({ time: undefined, event_time: '2026-11-25T12:00:00Z', other: 'x' })], 'recording 2');
    const { commits } = startWorker(stream, database(), { drains: true });
    await until(() => commits.length > 1);
    const { rows: rejected } = await database().query<{ record: Uint8Array }>('select source, seq, line, record from lastfix.rejected order by 1, 2, 3');
    const { source } = (await database().query<{ source: number }>("select source from lastfix.sources where name like 'stream gps @%'")).rows[0]!;
    expect(rejected.map(({ record, ...rest }) => ({ ...rest, text: Buffer.from(record).toString().slice(0, 10) }))).to.deep.equal([
      { source: 2, seq: 3, line: 9, text: 'raw' },
      { source, seq: 1, line: 1, text: 'no JSON' },
      { source, seq: 1, line: 2, text: '{"device":' },
      { source, seq: 1, line: 3, text: '{"device":' },
      { source, seq: 2, line: 1, text: '{"device":' },
    ]);
    const { rows: kept } = await database().query("select seq - source * 1099511627776 as place, further, arrival at time zone 'UTC' as arrival from lastfix.fixes, lastfix.sources where name like 'stream %' order by seq");
    expect(kept).to.deep.equal([
      { place: 1003, further: { note: 'new' }, arrival: new Date('2021-10-23T12:30:01Z') },
      { place: 2002, further: { other: 'x' }, arrival: new Date(stream.created / 1000 + 2) },
    ]);
    expect((await database().query('select name from lastfix.columns order by position')).rows).to.deep.equal([{ name: 'note' }, { name: 'other' }]);
    expect(await count('select rejected as count from lastfix.head')).to.equal(5);
    expect(await count("select count(*)::int as count from lastfix.partitions where until_arrival = '2021-10-23 13:00:00Z' and seq = 2")).to.equal(1);
  });

  it('should go on after a column and a device whose names are too long for an index', async () => {
    const stream = new FakeStream(1);
    const dice = new Dice(1);
    const long = Array.from({ length: 1000 }, () => String.fromCharCode(dice.whole(0x4e00, 0x9fff))).join(''); // 3,000 bytes, not to be packed
    const line = (device: string, extra: Record<string, string>) => formatLine({ device, arrival: 1e6, event: 0, latitude: '52.5', longitude: '13.4', speed: '', extra });
    stream.publish(0, [line('1', { [long]: 'x' }), line(long, {}), line('2', { [long.slice(0, 600)]: 'x' })]);
    await startWorker(stream, database(), { drains: true }).ended;
    expect((await database().query('select device_id from lastfix.fixes')).rows).to.deep.equal([{ device_id: '2' }]);
    const { rows } = await database().query<{ line: number; reason: string }>('select line, reason from lastfix.rejected order by line');
    expect(rows.map(({ line }) => line)).to.deep.equal([1, 2]);
    expect(rows[0]!.reason).to.match(/^the column .* has a name of more than 2048 bytes/);
    expect(rows[1]!.reason).to.match(/^PostgreSQL refuses it: index row size/);
  });

  const GAPS: Record<string, { readonly does: (stream: FakeStream) => void; readonly says: RegExp; readonly isReadAnew: boolean }> = {
    'was purged': {
      does: (stream) => { stream.purge(12); },
      says: /messages \d+ to 12 are no longer in the stream, and partition 0 had been read up to message \d+: some of them may have been/,
      isReadAnew: false,
    },
    'was made anew': {
      does: (stream) => { stream.makeAnew(); },
      says: /the stream was created again at 2026-11-25T13:00:00.000000Z; partition 0 of the one made at 2026-11-25T12:00:00.000000Z had been read up to message \d+/,
      isReadAnew: true,
    },
    'has lost its end': {
      does: (stream) => { stream.cut(2); },
      says: /the stream has lost its end: partition 0 had been read up to message \d+, and it has messages 1 to 2/,
      isReadAnew: true,
    },
    'has lost its end and grown again': {
      does: (stream) => {
        stream.cut(1);
        for (let i = 0; i < 20; i++) stream.publish(0, [formatTick(0)]);
      },
      says: /partition 0 had been read up to message \d+, which is no longer the one that was read/,
      isReadAnew: true,
    },
  };

  for (const [what, { does, says, isReadAnew }] of Object.entries(GAPS)) {
    it(`should say what is missing of a stream that ${what}, and go on only if that is accepted`, async () => {
      const [stream, rows] = [new FakeStream(1), rowsOf(6, 300)];
      const [first, missed, rest] = [rows.slice(0, 150), rows.slice(150, 225), rows.slice(225)];
      send(stream, first);
      await startWorker(stream, database(), { drains: true }).ended;
      send(stream, missed);
      for (let i = 0; i < 8; i++) stream.publish(0, [formatTick(0)]);
      does(stream);
      expect((await failureOf(startWorker(stream, database()).ended)).message).to.match(says).and.to.match(/--accept-gap/);
      expect((await failureOf(startWorker(stream, database(), { drains: true }).ended)).message).to.match(says);
      await expectStore(database(), first);
      send(stream, rest);
      const accepting = startWorker(stream, database(), { drains: true, acceptsGap: true });
      await accepting.ended;
      await expectStore(database(), what === 'was purged' && !isReadAnew ? await kept(first, missed, rest) : [...first, ...rest]);
      const { rows: noted } = await database().query<{ reason: string }>('select reason from lastfix.rejected');
      expect(noted).to.have.length(1);
      expect(noted[0]!.reason).to.match(/partition 0/);
      expect(accepting.said).to.deep.equal([`nats://here/gps: ${noted[0]!.reason}: going on without it, as --accept-gap says`]);
      await startWorker(stream, database(), { drains: true }).ended; // which finds no gap
    });
  }
  /** Of those that were not read, some came after what was purged: the store has them, and no others. */
  const kept = async (first: readonly StoreRow[], missed: readonly StoreRow[], rest: readonly StoreRow[]) => {
    const { rows } = await database().query<{ device_id: string; seq: number }>('select device_id, seq from lastfix.fixes');
    const there = new Set(rows.map(({ device_id, seq }) => `${device_id} ${seq}`));
    return [...first, ...missed.filter(({ device, seq }) => there.has(`${device} ${seq}`)), ...rest];
  };

  it('should find messages that go missing while they are read', async () => {
    const [stream, rows] = [new FakeStream(1), rowsOf(7, 200)];
    const running = startWorker(stream, database(), { flushEvery: 600 });
    send(stream, rows.slice(0, 50));
    await until(async () => (await fixes()) === 50);
    send(stream, rows.slice(50));
    await until(() => stream.given > 5);
    stream.purge(6);
    expect((await failureOf(running.ended)).message).to.match(/are no longer in the stream/);
    await expectStore(database(), rows.slice(0, 50));
  });

  it('should commit what it has of a stream that is gone meanwhile', async () => {
    const [stream, rows] = [new FakeStream(1), rowsOf(9, 200)];
    const running = startWorker(stream, database(), { flushEvery: 600 });
    send(stream, rows.slice(0, 50));
    await until(async () => (await fixes()) === 50);
    send(stream, rows.slice(50));
    await until(() => stream.given > 4);
    stream.makeAnew();
    expect((await failureOf(running.ended)).message).to.match(/the stream was created again/);
    expect(await fixes()).to.be.above(50);
  });

  it('should ask nothing if it is asked to end before it has begun', async () => {
    const stream = new FakeStream(1);
    stream.isAway = true;
    const { ended, said } = startWorker(stream, database(), { stop$: of(true), signal: AbortSignal.abort() });
    await ended;
    await settled(); // what nobody waits for would fail
    expect(said).to.deep.equal([]);
  });

  it('should end when it is asked to, though the database is away', async () => {
    const stream = new FakeStream(1);
    const controller = new AbortController();
    let isAway = false;
    const gone = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
    const real = database();
    const away: Database = {
      query: (sql, parameters) => (isAway ? gone() : real.query(sql, parameters)),
      reading: (ask) => (isAway ? gone() : real.reading(ask)),
      writing: (write) => (isAway ? gone() : real.writing(write)),
      close: () => real.close(),
    };
    const running = startWorker(stream, away, { signal: controller.signal });
    await until(async () => (await count('select count(*)::int as count from lastfix.partitions where worker is not null')) === 1);
    isAway = true;
    controller.abort();
    await running.stop();
    expect(running.said).to.have.length(1);
  });

  it('should not miss anything in a partition that is quiet while the stream goes on and forgets', async () => {
    const [stream, rows] = [new FakeStream(2), rowsOf(8, 100)];
    const own = (partition: number) => rows.filter(({ device }) => partitionOf(device, 2) === partition);
    send(stream, own(0));
    const running = startWorker(stream, database());
    await until(async () => (await fixes()) === own(0).length);
    send(stream, own(1));
    await until(async () => (await fixes()) === rows.length);
    const read = (await stream.last())[1]!.seq;
    const checked = () => count('select checked as count from lastfix.partitions where partition = 0');
    await until(async () => {
      stream.publish(1, [formatTick(0)]);
      return (await checked()) >= read;
    });
    await running.stop();
    stream.purge(await checked());
    await startWorker(stream, database(), { drains: true }).ended; // all that is gone was read
    await expectStore(database(), rows);
  });
});

/** Takes a copy of a store. @returns what puts it back */
async function dumped(database: Database): Promise<() => Promise<void>> {
  const tables = ['meta', 'columns', 'sources', 'devices', 'fixes', 'commits', 'head', 'rejected', 'partitions', 'workers'];
  await database.query(`create schema dumped; ${tables.map((table) => `create table dumped.${table} as table lastfix.${table}`).join(';')}`);
  return async () => {
    const fill = (table: string) => `truncate lastfix.${table}; insert into lastfix.${table} overriding system value table dumped.${table}`;
    await database.query(tables.map(fill).join(';'));
  };
}
