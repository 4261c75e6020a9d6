import { expect } from 'chai';
import type { Database } from '../../src/store/Database.js';
import { openSchema } from '../../src/store/openSchema.js';
import { SCHEMA_VERSION } from '../../src/store/schema.js';
import { StoreError } from '../../src/store/StoreError.js';
import { failureOf } from '../support/failureOf.js';
import { pglite } from '../support/pglite.js';
import { playStore } from '../support/playStore.js';
import { schemaOfVersion1 } from '../support/schemaOfVersion1.js';
import { storeState } from '../support/storeModel.js';
import { unclosed } from '../support/unclosed.js';

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n';
const ROW = '7,52.5,13.4,2021-10-23T12:30:00Z,2021-10-23T12:30:01Z,10\n';

describe('openSchema', () => {
  const database = pglite();
  const open = (writes: boolean, makes = writes) => openSchema(database(), { shown: 'postgres://here/db', writes, makes });

  /** What tells tables apart: their columns in order, defaults, constraints and indexes. */
  const shape = async () => {
    const { rows } = await database().query(`
      select c.relname, a.attname, a.attnum, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull, pg_get_expr(d.adbin, d.adrelid) as otherwise
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relnamespace = 'lastfix'::regnamespace order by 1, 3`);
    const { rows: indexes } = await database().query("select indexdef from pg_indexes where schemaname = 'lastfix' order by 1");
    return { rows, indexes };
  };

  const versionOne = async () => {
    await database().query(`create schema lastfix; ${schemaOfVersion1('lastfix')}`);
    await database().query(`
      insert into lastfix.sources (name, next) values ('recording', 1);
      insert into lastfix.devices values ('7', '2021-10-23T12:30:00Z', '2021-10-23T12:30:01Z', 1099511627776, 52.5, 13.4, 10, null, null,
        '2021-10-23T12:30:01Z', '2021-10-23T12:30:01Z', 1099511627776, 1, 1);
      insert into lastfix.fixes values ('2021-10-23T12:30:01Z', 1099511627776, '2021-10-23T12:30:00Z', 52.5, 13.4, 10, 1, 'change', false, '7');
      insert into lastfix.commits values (1, 1, now(), 1, 0, 'old');
      update lastfix.head set pos = 1, fixes = 1, changes = 1, devices = 1, first_arrival = '2021-10-23T12:30:01Z',
        last_arrival = '2021-10-23T12:30:01Z', last_change = '2021-10-23T12:30:01Z'`);
  };

  it('should say in a line that the database went away meanwhile', async () => {
    const away: Database = { ...unclosed(database()), query: () => Promise.reject(new Error('Connection terminated unexpectedly')) };
    expect(await failureOf(openSchema(away, { shown: 'postgres://here/db', writes: true }))).to.be.instanceOf(StoreError)
      .with.property('message', 'cannot reach postgres://here/db: Connection terminated unexpectedly');
  });

  it('should migrate a store of version 1, whose rows stay, into what it makes itself', async () => {
    await open(true);
    const made = await shape();
    await database().query('drop schema lastfix cascade');
    await versionOne();
    const state = await storeState(database());
    expect(await open(true)).to.equal('the-old-one');
    expect(await shape()).to.deep.equal(made);
    expect(await storeState(database())).to.deep.equal(state);
    expect((await database().query('select version from lastfix.meta')).rows).to.deep.equal([{ version: SCHEMA_VERSION }]);
    await playStore(HEADER + ROW, database()); // which is there, and has ended now
    expect(await storeState(database())).to.deep.equal(state);
    expect((await database().query('select name, next, finished from lastfix.sources')).rows).to.deep.equal([
      { name: 'recording', next: 1, finished: true },
    ]);
  });

  it('should migrate once, whoever comes at the same time', async () => {
    await versionOne();
    expect(await Promise.all([open(true), open(true), open(true, false)])).to.deep.equal(['the-old-one', 'the-old-one', 'the-old-one']);
    expect((await database().query('select version from lastfix.meta')).rows).to.deep.equal([{ version: SCHEMA_VERSION }]);
  });

  it('should say what to do about an earlier version to who only reads', async () => {
    await versionOne();
    const before = await shape();
    const failure = await failureOf(open(false));
    expect(failure).to.be.instanceOf(StoreError);
    expect((failure).message).to.equal(
      'the store in postgres://here/db has version 1, and this lastfix reads version 2: '
        + 'bring it up to date by lastfix replay, or lastfix forget, as the user that made it',
    );
    expect(await shape()).to.deep.equal(before);
  });

  it('should make no store for who only changes one', async () => {
    expect(((await failureOf(open(true, false)))).message).to.match(/has no store in its schema lastfix: replay a recording/);
  });

  it('should refuse a later version', async () => {
    await open(true);
    await database().query('update lastfix.meta set version = 99');
    expect(((await failureOf(open(true)))).message).to.match(/has version 99, and this lastfix knows up to 2: use a later lastfix/);
  });

  for (const { server, told } of [
    { server: { version: 14, encoding: 'UTF8', read_only: false }, told: 'is PostgreSQL 14: use one of version 15 or later' },
    { server: { version: 15, encoding: 'SQL_ASCII', read_only: false }, told: 'keeps texts in SQL_ASCII: use a database whose encoding is UTF8' },
    { server: { version: 15, encoding: 'UTF8', read_only: true }, told: 'is read-only: name the primary server, or a role that may write' },
  ]) {
    it(`should refuse a server that ${told.split(':')[0]!}`, async () => {
      const asked: string[] = [];
      const query = (sql: string) => {
        asked.push(sql);
        return Promise.resolve({ rows: [server], affected: 0 });
      };
      const failure = await failureOf(openSchema({ ...unclosed(database()), query } as Database, { shown: 'postgres://here/db', writes: true }));
      expect(failure.message).to.equal(`postgres://here/db ${told}`);
      expect(asked).to.have.length(1);
    });
  }
});
