import { expect } from 'chai';
import { formatInstant, parseInstant } from '../../../src/domain/instant.js';
import { openSchema } from '../../../src/store/openSchema.js';
import { openStore } from '../../../src/store/openStore.js';
import { SqlPast } from '../../../src/store/past/SqlPast.js';
import { problemsOf } from '../../../src/store/status/problemsOf.js';
import { secondsBehind } from '../../../src/store/status/secondsBehind.js';
import { pglite } from '../../support/pglite.js';
import { playStore } from '../../support/playStore.js';
import { unclosed } from '../../support/unclosed.js';

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n';
const MINUTE = Date.UTC(2021, 9, 23, 12, 30) * 1000;
const time = (second: number) => formatInstant(MINUTE + second * 1e6);
const row = (device: string, event: number, arrival: number) => `${device},52.5,13.4,${time(event)},${time(arrival)},\n`;

describe('readStatus', () => {
  const database = pglite();
  const status = () => new SqlPast(unclosed(database())).status();
  /** A partition whose message came some seconds ago, and whose lease ends some seconds from now. */
  const partition = (number: number, { behind = null as number | null, ago = null as number | null, lease = null as number | null }) =>
    database().query(
      `insert into lastfix.partitions (stream, partition, seq, behind, worker, stamp, until_arrival, lease) values ('gps', $1, 7, $2,
        case when $4::float8 is not null then 'host 1' end, now() - make_interval(secs => $3), now() - make_interval(secs => $3),
        now() + make_interval(secs => $4))`,
      [number, behind, ago, lease],
    );

  it('should say what there is in all, as counted one by one', async () => {
    await playStore(HEADER + row('a', 1, 2) + row('a', 3, 4) + row('b', 1, 6) + row('a', 2, 5) + row('a', 3, 6), database());
    const store = await openStore(unclosed(database()), { shown: 'the store', source: 'odd rows' });
    store.reject([{ line: 7, reason: 'device is empty', record: ',,,,,' }]);
    await store.end();
    const found = await status();
    expect(found).to.deep.include({
      commits: 1,
      fixes: 5,
      changes: 3,
      late: 1,
      duplicate: 1,
      conflict: 0,
      rejected: 1,
      devices: 2,
      firstArrival: MINUTE + 2e6,
      lastArrival: MINUTE + 6e6,
      finalUntil: MINUTE + 6e6,
      commitsPerSecond: 0.1,
      fixesPerSecond: 0.5,
      partitions: [],
      workers: [],
      open: [],
      openCount: 0,
    });
    const { rows } = await database().reading((queries) => queries.query<{ now: string }>('select clock_timestamp() as now'));
    expect(parseInstant(rows[0]!.now)! - found.now).to.be.within(0, 60e6);
    expect(found.now - found.lastCommit!).to.be.within(0, 10e6);
    expect(found.bytes).to.be.above(8192);
  });

  it('should count only the commits of the last 10 s, also if they are very many', async () => {
    await openSchema(database(), { shown: 'the store', writes: true });
    const commits = (from: number, count: number, ago: string) =>
      database().query(`insert into lastfix.commits (pos, batch, at, fixes, corrected, worker)
        select pos, 1, clock_timestamp() - interval '${ago}', 3, 0, 'spec' from generate_series(${from}, ${from + count - 1}) pos`);
    await commits(1, 50, '11 s');
    await commits(51, 20, '1 s');
    expect(await status()).to.include({ commitsPerSecond: 2, fixesPerSecond: 6 });
    await commits(71, 4000, '4 s'); // of which the last 2,000 took 4 s and a little
    const { commitsPerSecond, fixesPerSecond } = await status();
    expect(commitsPerSecond).to.be.within(100, 500);
    expect(fixesPerSecond).to.be.closeTo(3 * commitsPerSecond, 1e-6);
  });

  it('should say who is to have which partition, how far each is behind, and what is a problem of that', async () => {
    await openSchema(database(), { shown: 'the store', writes: true });
    await partition(0, { behind: 0, ago: 300, lease: 3 }); // nothing has been sent for long
    await partition(1, { behind: 40, ago: 90, lease: 3 });
    await partition(2, { behind: 0, ago: 20, lease: -15 });
    await partition(3, {});
    await database().query(`insert into lastfix.workers values ('host 1', 'gps', now() + interval '3 s'),
      ('host 2', 'gps', now() - interval '9 s'), ('gone', 'gps', '-infinity')`);
    await database().query("insert into lastfix.partitions (stream, partition, until_arrival) values ('gps', 4, 'infinity')"); // one that is closed
    const found = await status();
    const facts = found.partitions.map((one) => [one.stream, one.partition, one.worker, one.isHeld, one.behind, one.seq]);
    expect(facts).to.deep.equal([
      ['gps', 0, 'host 1', true, 0, 7],
      ['gps', 1, 'host 1', true, 40, 7],
      ['gps', 2, 'host 1', false, 0, 7],
      ['gps', 3, null, false, null, 7],
    ]);
    const [none, some, unheld, never] = found.partitions.map((one) => secondsBehind(one, found.now));
    expect([none, never]).to.deep.equal([0, null]);
    expect(some).to.be.within(90, 150);
    expect(unheld).to.be.within(20, 80);
    expect(found.workers).to.deep.equal([
      { worker: 'host 1', stream: 'gps', isAlive: true },
      { worker: 'host 2', stream: 'gps', isAlive: false },
    ]);
    expect(problemsOf(found, undefined)).to.deep.equal([
      `partition 2 of gps: nobody has it since ${formatInstant(found.partitions[2]!.lease!)}`,
      'partition 3 of gps: nobody has it',
    ]);
    const isLong = (problem: string) => /^partition 1 of gps: (?:9\d|1[0-4]\d) seconds behind, more than 85s$/.test(problem);
    expect(problemsOf(found, 85_000).filter(isLong)).to.have.length(1);
    expect(problemsOf(found, 85_000).slice(1)).to.include('partition 3 of gps: nothing of it was ever committed');
    expect(problemsOf(found, 3_600_000)).to.have.length(3);
  });

  it('should name the recordings that are open, those that hold others up first', async () => {
    await playStore(HEADER + row('a', 1, 2) + row('a', 3, 4), database(), { source: 'one', until: MINUTE + 2e6 });
    await playStore(HEADER + row('a', 1, 1) + row('a', 3, 4), database(), { source: 'two', until: MINUTE + 1e6 });
    await playStore(HEADER + row('a', 1, 3), database(), { source: 'whole' });
    await playStore(HEADER + row('a', 1, 3), database(), { source: 'none', until: MINUTE });
    const { open, openCount, finalUntil } = await status();
    expect(open).to.deep.equal([
      { name: 'none', until: null },
      { name: 'two', until: MINUTE + 1e6 },
      { name: 'one', until: MINUTE + 2e6 },
    ]);
    expect([openCount, finalUntil]).to.deep.equal([3, null]);
  });

  it('should find that nothing has been committed for long, where no stream feeds the store', async () => {
    await openSchema(database(), { shown: 'the store', writes: true });
    expect(problemsOf(await status(), 60_000)).to.deep.equal(['nothing was ever committed']);
    await playStore(HEADER + row('a', 1, 2), database());
    expect(problemsOf(await status(), 600_000)).to.deep.equal([]);
    await database().query("update lastfix.commits set at = at - interval '1 hour'");
    expect(problemsOf(await status(), undefined)).to.deep.equal([]);
    expect(problemsOf(await status(), 600_000)[0]).to.match(/^nothing was committed for 3,6\d\d seconds, more than 10m$/);
  });
});
