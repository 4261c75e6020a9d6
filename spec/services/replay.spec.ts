import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Report } from '../../src/index.js';
import type { Database } from '../../src/store/Database.js';
import { openDatabase } from '../../src/store/openDatabase.js';
import { storeUrl } from '../../src/store/storeUrl.js';
import { Dice } from '../../src/generate/Dice.js';
import { generateRecording } from '../../src/index.js';
import { lastfix, says } from '../support/lastfix.js';
import { oracle } from '../support/oracle.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { postgres } from './postgres.js';

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));
const PASSWORD = 'a secret of mine';

describe('lastfix replay into a store', () => {
  const at = temporaryFolder();
  after(() => database.close()); // before the server goes
  const server = postgres();
  let database: Database;
  before(async () => {
    database = await openDatabase(storeUrl(server().url()));
    writeFileSync(at('made.csv'), [...generateRecording({ devices: 12, duration: 120_000, seed: 5 })].join(''));
  });
  beforeEach(() => database.query('drop schema if exists lastfix cascade'));
  const replay = (input: string, ...options: string[]) => ['replay', input, '--output', server().url(), ...options];
  const run = (args: readonly string[], meanwhile?: Parameters<typeof lastfix>[2]) => lastfix(args, at(), meanwhile);
  const reportIn = (file: string) => JSON.parse(readFileSync(at(file), 'utf8')) as Report;

  /** Rows as the files of a log have them. */
  const rowsOf = async (isChange: boolean) => {
    const time = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
    const measures = "coalesce(written, concat_ws(',', lat::text, lon::text, coalesce(speed::text, '')))";
    const { rows } = await database.query<{ row: string }>(`select concat_ws(',', ${time('arrival')}, device_id, ${measures}, ${time('event_time')}) as row
      from lastfix.fixes where (verdict = 'change') = ${isChange} order by arrival, seq`);
    return rows.map(({ row }) => row);
  };
  const expectOracle = async (path: string) => {
    const { changes, late } = oracle(readFileSync(path, 'utf8'));
    const rows = (text: string) => text.trimEnd().split('\n').slice(1).map((line) => line.split(',').slice(0, 6).join());
    expect(await rowsOf(true)).to.deep.equal(rows(changes));
    expect(await rowsOf(false)).to.deep.equal(rows(late));
  };

  it('should keep what a log keeps, at any rate, and report it', async () => {
    const input = `${FIXTURES}/minute.csv`;
    const { status, stderr } = await run(replay(input, '--rate', '600', '--flush', '50ms', '--stats', 'stats.json'));
    expect(status, stderr).to.equal(0);
    await expectOracle(input);
    const report = reportIn('stats.json');
    const { rows: [head] } = await database.query('select changes, late, duplicate, conflict, rejected, devices from lastfix.head');
    expect(report).to.deep.include({ ...head, already_there: 0, corrected: 0, not_played: 0, bytes: null });
    expect(report.output).to.equal(`postgres://127.0.0.1:${server().port}/postgres`);
  });

  it('should reject into a table what a log rejects into a file', async () => {
    const input = `${FIXTURES}/odd.csv`;
    for (let twice = 0; twice < 2; twice++) {
      expect((await run(replay(input, '--rate', 'max'))).status).to.equal(0);
      const { rows } = await database.query<{ line: number; record: string }>(
        "select line, convert_from(record, 'UTF8') as record from lastfix.rejected order by line",
      );
      expect(rows.map(({ line, record }) => [String(line), record])).to.deep.equal(oracle(readFileSync(input, 'utf8')).rejected);
    }
  });

  it('should change nothing when it is played a second time, and say that all was there', async () => {
    await run(replay('made.csv', '--rate', 'max', '--quiet'));
    const state = async () => (await database.query('select * from lastfix.head')).rows;
    const before = await state();
    await run(replay('made.csv', '--rate', 'max', '--stats', 'again.json'));
    const { rows, already_there: there, changes, not_played: left } = reportIn('again.json');
    expect([there, changes, left]).to.deep.equal([rows, 0, 0]);
    expect(await state()).to.deep.equal(before);
    const { stderr } = await run(replay('made.csv', '--rate', 'max', '--resume'));
    expect(stderr).to.include('nothing was missing, and nothing was written');
  });

  it('should go on after what is there with --resume, though it was killed', async () => {
    const { signal } = await run(replay('made.csv', '--rate', '20', '--flush', '20ms'), async (child) => {
      await says(child, /playing/);
      await untilCommitted(20);
      child.kill('SIGKILL');
    });
    expect(signal).to.equal('SIGKILL');
    const { status, stderr } = await run(replay('made.csv', '--rate', 'max', '--resume', '--stats', 'resumed.json'));
    expect(status, stderr).to.equal(0);
    expect(stderr).to.match(/going on after the first [\d,]+ fixes, which are in postgres:/);
    const { rows, already_there: there, changes, late, duplicate, conflict } = reportIn('resumed.json');
    expect(there).to.be.above(0).and.below(rows);
    expect(there! + changes + late + duplicate + conflict).to.equal(rows);
    await expectOracle(at('made.csv'));
  });

  it('should commit what was due when it is interrupted, and report it', async () => {
    const { status, stderr } = await run(replay('made.csv', '--rate', '5', '--flush', '20ms', '--stats', 'stopped.json'), async (child) => {
      await says(child, /playing/);
      await untilCommitted(5);
      child.kill('SIGINT');
    });
    expect(status, stderr).to.equal(130);
    const { rows: [head] } = await database.query<{ fixes: number }>('select fixes from lastfix.head');
    const { rows, not_played: left } = reportIn('stopped.json');
    expect(head!.fixes).to.equal(rows - left).and.to.be.above(0);
    expect(left).to.be.above(0);
  });

  it('should say in one line that the database is away, and go on when it is back', async () => {
    const { status, stderr } = await run(replay('made.csv', '--rate', '40', '--flush', '20ms'), async (child) => {
      const isAway = says(child, /it is tried again until it is there/);
      await says(child, /playing/);
      await untilCommitted(5);
      server().stop('immediate');
      await isAway;
      server().again();
    });
    expect(status, stderr).to.equal(0);
    expect(stderr.match(/it is tried again until/g)).to.have.lengthOf(1);
    expect(stderr.match(/is reached again/g)).to.have.lengthOf(1);
    await expectOracle(at('made.csv'));
  });

  it('should reject a row that PostgreSQL refuses, and keep those beside it', async () => {
    const dice = new Dice(1);
    const id = Array.from({ length: 4000 }, () => dice.whole(0, 35).toString(36)).join(''); // which cannot be packed
    const [header = '', ...rows] = readFileSync(at('made.csv'), 'utf8').trimEnd().split('\n');
    const noted = rows.map((row, i) => `${row},${i === 100 ? 'a\0b' : 'plain'}`);
    const [, ...rest] = rows[200]!.split(',');
    writeFileSync(at('refused.csv'), `${[`${header},note`, ...noted.slice(0, 200), `${id},${rest.join()},long`, ...noted.slice(200)].join('\n')}\n`);
    const { status, stderr } = await run(replay('refused.csv', '--rate', 'max', '--stats', 'refused.json'));
    expect(status, stderr).to.equal(0);
    const { rows: refused } = await database.query<{ line: number; reason: string }>('select line, reason from lastfix.rejected order by reason');
    expect(refused.map(({ line }) => line)).to.deep.equal([0, 0]);
    for (const { reason } of refused) expect(reason).to.match(/^PostgreSQL refuses it: (?:index row|unsupported Unicode|invalid byte)/);
    const { rows: [head] } = await database.query<{ fixes: number }>('select fixes from lastfix.head');
    expect(head!.fixes).to.equal(rows.length - 1);
    expect(reportIn('refused.json')).to.include({ rejected: 2, not_played: 0 });
  });

  /** Resolves when so many commits are in the store. */
  async function untilCommitted(count: number): Promise<void> {
    for (;;) {
      const { rows } = await database.query<{ pos: number }>('select pos from lastfix.head').catch(() => ({ rows: [] }));
      if ((rows[0]?.pos ?? 0) >= count) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  describe('that cannot be used', () => {
    const failing = async (url: string, env: Record<string, string> = {}) => {
      const args = ['replay', `${FIXTURES}/minute.csv`, '--rate', 'max', '--quiet', '--output', url];
      const { status, stdout, stderr } = await lastfix(args, at(), undefined, { env: { ...process.env, ...env } });
      expect(`${stdout}${stderr}`).not.to.include(PASSWORD).and.not.to.include(encodeURIComponent(PASSWORD));
      expect(stderr.trimEnd().split('\n'), stderr).to.have.lengthOf(1);
      return [status, stderr.slice('lastfix: '.length).trimEnd()];
    };
    const place = () => `127.0.0.1:${server().port}`;
    const as = (user: string, name = 'postgres') => `postgres://${user}:${encodeURIComponent(PASSWORD)}@${place()}/${name}`;

    it('should say that there is no such database', async () => {
      expect(await failing(as('postgres', 'nowhere'))).to.deep.equal([
        1,
        `postgres://${place()}/nowhere: database "nowhere" does not exist (create it with createdb, or name another)`,
      ]);
    });

    it('should say that nothing listens there', async () => {
      expect(await failing(`postgres://me:${encodeURIComponent(PASSWORD)}@127.0.0.1:1/gps`)).to.deep.equal([
        1,
        'cannot reach postgres://127.0.0.1:1/gps: nothing listens there: check the host and the port, and that the server runs',
      ]);
    });

    it('should say that a role has no right to write', async () => {
      await run(replay(`${FIXTURES}/minute.csv`, '--rate', 'max', '--quiet'));
      await database.query(
        "drop role if exists reader; create role reader login; grant usage on schema lastfix to reader; grant select on all tables in schema lastfix to reader",
      );
      const [status, told] = await failing(as('reader'));
      expect(status).to.equal(1);
      expect(told).to.match(/permission denied for .* \(have the right granted to the role, or name another user\)$/);
      await database.query('drop owned by reader; drop role reader');
    });

    it('should say that a role is read-only', async () => {
      await database.query("drop role if exists looker; create role looker login; alter role looker set default_transaction_read_only = on");
      expect(await failing(as('looker'))).to.deep.equal([
        1,
        `postgres://${place()}/postgres is read-only: name the primary server, or a role that may write`,
      ]);
      await database.query('drop role looker');
    });

    it('should say that a store is of a later version', async () => {
      await run(replay(`${FIXTURES}/minute.csv`, '--rate', 'max', '--quiet'));
      await database.query('update lastfix.meta set version = 99');
      expect(await failing(as('postgres'))).to.deep.equal([
        1,
        `the store in postgres://${place()}/postgres has version 99, and this lastfix knows up to 2: use a later lastfix`,
      ]);
    });

    it('should say that a password is wrong, and take the right one from the environment', async () => {
      const rules = at('hba.conf');
      writeFileSync(rules, 'host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n', { mode: 0o644 });
      await database.query(`drop role if exists writer; create role writer login password 'right'; grant create on database postgres to writer`);
      const { rows: [was] } = await database.query<{ hba_file: string }>('show hba_file');
      const own = readFileSync(was!.hba_file, 'utf8');
      writeFileSync(was!.hba_file, readFileSync(rules));
      await database.query('select pg_reload_conf()');
      try {
        await untilRefused();
        expect(await failing(as('writer'))).to.deep.equal([
          1,
          `postgres://${place()}/postgres: password authentication failed for user "writer" (give the right one in PGPASSWORD or ~/.pgpass)`,
        ]);
        expect((await failing(`postgres://writer@${place()}/postgres`, { HOME: at() }))[1]).to.match(/it requires a password \(give one in PGPASSWORD/);
        writeFileSync(at('pgpass'), `127.0.0.1:${server().port}:*:writer:right\n`, { mode: 0o600 });
        for (const env of [{ PGPASSWORD: 'right' }, { PGPASSFILE: at('pgpass') }]) {
          const args = ['replay', `${FIXTURES}/minute.csv`, '--rate', 'max', '--quiet', '--output', `postgres://writer@${place()}/postgres`];
          expect(await lastfix(args, at(), undefined, { env: { ...process.env, ...env } })).to.include({ status: 0, stderr: '' });
        }
      } finally {
        writeFileSync(was!.hba_file, own);
        await database.query('select pg_reload_conf()');
        await database.query('drop owned by writer cascade; drop role writer');
      }
    });

    /** Resolves when the server has read its rules. */
    async function untilRefused(): Promise<void> {
      while (await openDatabase(storeUrl(as('writer'))).then(async (open) => { await open.close(); return true; }, () => false));
    }
  });
});
