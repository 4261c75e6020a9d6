import { expect } from 'chai';
import type { Moment } from '../../src/domain/Past.js';
import type { Database } from '../../src/store/Database.js';
import { SqlPast } from '../../src/store/past/SqlPast.js';
import { schemaSql } from '../../src/store/schema.js';
import { unclosed } from '../support/unclosed.js';
import { ownDatabase } from './ownDatabase.js';

const BASE = Date.UTC(2021, 9, 23) * 1000;
const DEVICES = 50;
/** A question about a device reads so many pages of 8 KiB at most: three indexes, one row and what the store says of itself. */
const MOST = 12;

/** Fixes of vehicles that take one each two seconds and deliver ten of them together, the last first, so that the others are late. */
const fill = (rows: number) => `insert into lastfix.fixes
  select arrival, row_number() over (order by arrival, n desc), event_time, 50, 13, null, 1,
    (case when n % 10 = 9 then 'change' else 'late' end)::lastfix.verdict, false, 'd' || device, null, null
  from (select device, n, timestamptz '2021-10-23 00:00Z' + n * interval '2 s' as event_time,
      timestamptz '2021-10-23 00:00:20Z' + (n - n % 10) * interval '2 s' + (9 - n % 10) * interval '1 ms' as arrival
    from generate_series(1, ${DEVICES}) device, generate_series(0, ${rows / DEVICES - 1}) n) made`;

interface Plan {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Shared Hit Blocks': number; readonly 'Shared Read Blocks': number } }];
}

describe('a question to a store', () => {
  const own = ownDatabase();

  /** The most pages that questions about devices read, in a store of so many rows. */
  async function pagesAt(rows: number): Promise<number> {
    const { database } = own();
    await database.query(`drop schema if exists lastfix cascade; create schema lastfix; ${schemaSql('lastfix', 'pages')}`);
    await database.query(fill(rows));
    await database.query('vacuum analyze lastfix.fixes');
    let most = 0;
    const counting: Database = {
      ...unclosed(database),
      query: async (sql, parameters) => {
        const { rows } = await database.query<Plan>(`explain (analyze, buffers, format json) ${sql}`, parameters);
        const { 'Shared Hit Blocks': hit, 'Shared Read Blocks': read } = rows[0]!['QUERY PLAN'][0].Plan;
        most = Math.max(most, hit + read);
        return database.query(sql, parameters);
      },
    };
    const past = new SqlPast(counting);
    const last = (rows / DEVICES) * 2e6;
    for (let i = 0; i < 40; i++) {
      const at = BASE + Math.floor((last * i) / 39);
      const moments: readonly Moment[] = [{}, { at }, { at, by: 'event' }, { at, by: 'event', knownAt: at + 10e6 }, { at: BASE - 1, by: 'event', knownAt: at }];
      for (const moment of moments) await past.newest(`d${1 + (i % DEVICES)}`, moment);
      await past.newest('nobody', { at, by: 'event', knownAt: at });
      for (const by of ['event', 'arrival'] as const) {
        const span = { by, from: at, to: Infinity, knownAt: Infinity };
        await past.track(`d${1 + (i % DEVICES)}`, span, { limit: 5 })[Symbol.asyncIterator]().next();
      }
      await past.first(`d${1 + (i % DEVICES)}`);
    }
    return most;
  }

  it('should read few pages, however many rows there are', async () => {
    const [few, many] = [await pagesAt(10_000), await pagesAt(100_000)];
    expect(many).to.be.at.most(MOST).and.at.most(few + 4); // an index is one level deeper, in four descents at most
  });
});
