import { expect } from 'chai';
import { Dice } from '../../src/generate/Dice.js';
import { monotonic } from '../../src/rx/monotonic.js';
import { commitSafely } from '../../src/store/commitSafely.js';
import { commitSql } from '../../src/store/commitSql.js';
import type { Database } from '../../src/store/Database.js';
import { openDatabase } from '../../src/store/openDatabase.js';
import { openSchema } from '../../src/store/openSchema.js';
import { storeUrl } from '../../src/store/storeUrl.js';
import { failureOf } from '../support/failureOf.js';
import { rowsByChance } from '../support/arbitraryStoreRows.js';
import { settled } from '../support/settled.js';
import { expectStore, StoreFollower } from '../support/storeModel.js';
import { ownDatabase } from './ownDatabase.js';

const ROWS = rowsByChance(new Dice(11), 600);
const LOCK = 'begin; select from lastfix.head for update';

describe('a commit to a server that fails', () => {
  const own = ownDatabase();
  const url = () => storeUrl(own().url.replace('postgres@', 'unlucky@'));
  /** What the owner of the server does. */
  const admin = (sql: string) => own().database.query(sql);
  let unlucky: Database;
  before(async () => {
    await openSchema(own().database, { shown: 'here', writes: true });
    await admin(`create role unlucky login; grant usage on schema lastfix to unlucky;
      grant select, insert, update on all tables in schema lastfix to unlucky; grant usage on all sequences in schema lastfix to unlucky`);
  });
  beforeEach(async () => {
    unlucky = await openDatabase(url());
    await admin('truncate lastfix.fixes, lastfix.devices, lastfix.commits; update lastfix.head set pos = 0, fixes = 0, changes = 0, '
      + 'late = 0, duplicate = 0, conflict = 0, devices = 0, first_arrival = null, last_arrival = null, last_change = null');
  });
  afterEach(() => unlucky.close());

  /** Another connection, in which a transaction of the owner's goes on until it is closed. */
  const holding = async (sql: string) => {
    const other = await openDatabase(storeUrl(own().url), { connections: 1 });
    await other.query(sql);
    return other;
  };
  /** Ends what the unlucky is doing, as soon as it waits for something. */
  const endWaiting = async () => {
    const end = `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'unlucky' and wait_event_type = 'Lock'`;
    while ((await own().database.query(end)).rows.length === 0);
  };
  /** Commits, and mends what is wrong when it is told: gives what it was told. */
  const committed = async (mend: () => Promise<unknown>, database = unlucky): Promise<readonly string[]> => {
    const told: string[] = [];
    let mended: Promise<unknown> | undefined;
    const said = (line: string) => {
      told.push(line);
      mended ??= mend();
    };
    const committing = { rows: ROWS, rejected: [], source: 1, places: { from: 0, to: 0 }, worker: 'spec' };
    const to = { database, sql: commitSql('"lastfix"'), shown: 'postgres://here/db', isKnown: () => false, said, signal: undefined, scheduler: monotonic };
    for await (const { refused } of commitSafely(committing, to)) expect(refused).to.equal(0);
    await mended;
    const follower = new StoreFollower();
    await follower.follow(own().database);
    await expectStore(own().database, ROWS, follower);
    return told;
  };
  const TRIED = '; it is tried again until it is there, and nothing is lost meanwhile';
  const expectTold = (told: readonly string[], what: string) => {
    expect(told).to.deep.equal([`${what}${TRIED}`, 'postgres://here/db is reached again']);
  };

  it('should wait until there is room on the disk', async () => {
    await admin(`create table public.full_disk (); grant select on public.full_disk to unlucky;
      create function public.fail() returns trigger language plpgsql as $$ begin
        if exists (select from pg_class where relname = 'full_disk') then
          raise exception using errcode = '53100', message = 'could not extend file "base/5/16384": No space left on device'; end if;
        return null; end $$;
      create trigger full_disk after insert on lastfix.fixes execute function public.fail()`);
    const told = await committed(() => admin('drop table public.full_disk'));
    expectTold(told, 'postgres://here/db: could not extend file "base/5/16384": No space left on device (make room on its disk)');
    await admin('drop trigger full_disk on lastfix.fixes; drop function public.fail()');
  });

  it('should try again with another connection when the server ends one in the midst of a commit', async () => {
    const other = await holding(LOCK);
    const ended = endWaiting();
    const told = await committed(() => other.close());
    await ended;
    expectTold(told, 'postgres://here/db: terminating connection due to administrator command');
  });

  it('should wait while a role may have no more connections', async () => {
    await admin(`alter role unlucky connection limit 0; select pg_terminate_backend(pid) from pg_stat_activity where usename = 'unlucky'`);
    await failureOf(unlucky.query('select')); // by then it has no connection any more
    const FULL = 'postgres://here/db: too many connections for role "unlucky" (let it have more connections, or end some)';
    const refused = await failureOf(openDatabase({ ...url(), shown: 'postgres://here/db' }));
    expect(refused.message).to.equal(FULL);
    expectTold(await committed(() => admin('alter role unlucky connection limit -1')), FULL);
  });

  it('should say that statements may take too short a time, and use what the role may from then on', async () => {
    const other = await holding(LOCK);
    await unlucky.close();
    await admin("alter role unlucky set statement_timeout = '50ms'");
    unlucky = await openDatabase(url());
    const told = await committed(() => Promise.all([other.close(), admin('alter role unlucky reset statement_timeout')]));
    expectTold(
      told,
      'postgres://here/db: canceling statement due to statement timeout (if its statement_timeout or lock_timeout is short, set it longer for the role)',
    );
  });

  it('should try again when it stood still for so long that the server has ended its transaction', async () => {
    let isFirst = true;
    const stopped: Database = {
      query: (sql, parameters) => unlucky.query(sql, parameters),
      reading: (ask) => unlucky.reading(ask),
      close: () => unlucky.close(),
      writing: (write) =>
        unlucky.writing(async (queries) => {
          if (isFirst) await queries.query("set local idle_in_transaction_session_timeout to '10ms'");
          if (isFirst) while ((await admin("select from pg_stat_activity where usename = 'unlucky'")).rows.length > 0);
          isFirst = false;
          await settled(); // what the server said before it ended is read
          return write(queries);
        }),
    };
    const told = await committed(() => Promise.resolve(), stopped);
    expectTold(told, 'postgres://here/db: terminating connection due to idle-in-transaction timeout (this process has stood still for too long)');
  });

  it('should end where only a person can help, without a retry', async () => {
    await admin('revoke insert on lastfix.fixes from unlucky');
    const failure = await failureOf(committed(() => Promise.resolve()));
    expect(failure.message).to.equal(
      'postgres://here/db: permission denied for table fixes (have the right granted to the role, or name another user)',
    );
    await admin('grant insert on lastfix.fixes to unlucky');
  });
});
