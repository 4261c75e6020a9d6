import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Appended } from '../../../src/domain/Appended.js';
import { Grid } from '../../../src/domain/Grid.js';
import { formatInstant, parseInstant } from '../../../src/domain/instant.js';
import { mercator } from '../../../src/domain/mercator.js';
import type { Database } from '../../../src/store/Database.js';
import { SqlPast } from '../../../src/store/past/SqlPast.js';
import { arbitraryRecording } from '../../support/arbitraryRecording.js';
import { recorded, stretchOf } from '../../support/bruteForce.js';
import { oracle } from '../../support/oracle.js';
import { failureOf } from '../../support/failureOf.js';
import { itShouldBeAPast } from '../../support/pastSuite.js';
import { pglite } from '../../support/pglite.js';
import { playStore } from '../../support/playStore.js';
import { unclosed } from '../../support/unclosed.js';

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n';
const at = (second: number) => formatInstant(second * 1e6);
const row = (event: number, arrival: number) => `a,1,2,${at(event)},${at(arrival)},\n`;

/** A database that says that it follows another one. */
const asCopy = (database: Database): Database =>
  Object.assign(Object.create(database) as Database, {
    query: (sql: string, values?: Parameters<Database['query']>[1]) => database.query(sql.replaceAll('pg_is_in_recovery()', 'true'), values),
  });

/** The rows of the late file of a whole run. */
const oracleRows = (recording: string) =>
  parse(oracle(recording).late, { from: 2, relax_column_count: true }).map((row) => ({
    fix: { arrival: parseInstant(row[0]!)!, event: parseInstant(row[5]!)!, latitude: Number(row[2]), longitude: Number(row[3]) },
    kind: row.at(-2)!,
  }));

describe('SqlPast', () => {
  const database = pglite();
  itShouldBeAPast(() => ({
    past: new SqlPast(unclosed(database())),
    play: async (recording, until, isMore) => {
      if (!isMore) await database().query('drop schema if exists lastfix cascade');
      await playStore(recording, database(), { until });
    },
  }));

  it('should count the late fixes of any span in each cell of a grid', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.gen(), fc.integer({ min: 4, max: 400 }), async (recording, choose, cells) => {
        await database().query('drop schema if exists lastfix cascade');
        await playStore(recording, database());
        const grid = Grid.over({ west: -90, south: -60, east: 180, north: 90 }, cells);
        const { from = -Infinity, to = Infinity, by, knownAt = Infinity } = choose(stretchOf, recorded(recording));
        const wanted = new Uint32Array(grid.across * grid.down);
        for (const { fix, kind } of oracleRows(recording)) {
          if (kind !== 'late' || fix[by] < from || fix[by] > to || fix.arrival > knownAt) continue;
          const { x, y } = mercator(fix.latitude, fix.longitude);
          if (grid.cellOf(x, y) >= 0) wanted[grid.cellOf(x, y)]!++;
        }
        expect(await new SqlPast(unclosed(database())).late({ by, from, to, knownAt }, grid)).to.deep.equal(wanted);
      }),
      { numRuns: 8 },
    );
  });

  it('should count late fixes for one question at a time, and for none that nobody waits for', async () => {
    await playStore(HEADER + row(2, 2), database());
    let [asked, open, most] = [0, 0, 0];
    const query: Database['query'] = async (sql, values) => {
      asked++;
      most = Math.max(most, ++open);
      return database().query<never>(sql, values).finally(() => open--);
    };
    const past = new SqlPast(unclosed(Object.assign(Object.create(database()) as Database, { query })));
    const late = (signal?: AbortSignal) =>
      past.late({ by: 'event', from: -Infinity, to: Infinity, knownAt: Infinity }, Grid.over({ west: -90, south: -60, east: 180, north: 90 }, 16), signal);
    const moved = new AbortController();
    const answers = Promise.all([late(), failureOf(late(moved.signal)), late()]);
    moved.abort(new Error('the map has moved'));
    expect((await answers)[1]).to.have.property('message', 'the map has moved');
    expect([asked, most]).to.deep.equal([2, 1]);
  });

  describe('of a store that several write', () => {
    let past: SqlPast;
    beforeEach(() => (past = new SqlPast(unclosed(database()))));
    const next = async (cursor: string) => (await past.appendedAfter(cursor))!;
    /** The verdict that each fix was told with last, by the second of its event. */
    const told = (parts: readonly Appended[]) => {
      const last = new Map<number, string>();
      for (const { changes, late, corrected = [] } of parts) {
        for (const { fix } of changes) last.set(fix.event / 1e6, 'change');
        for (const { fix, reason } of [...late, ...corrected]) last.set(fix.event / 1e6, reason);
      }
      return last;
    };

    it('should leave out no fix of a commit of which many are corrected while it is being read', async () => {
      const seconds = Array.from({ length: 5000 }, (_, i) => i + 1000);
      await playStore(HEADER, database());
      const { cursor } = await past.extent();
      await playStore(HEADER + seconds.map((second) => row(second, second)).join(''), database(), { source: 'one' });
      const parts = [await next(cursor)];
      expect(parts[0]).to.have.property('isFull', true);
      await playStore(HEADER + row(3000.5, 999), database(), { source: 'other' }); // which makes late what is older
      while (parts.at(-1)!.isFull) parts.push(await next(parts.at(-1)!.to));
      const expected = seconds.map((second) => [second, second < 3000.5 ? 'late' : 'change'] as const);
      expect(told(parts)).to.deep.equal(new Map([...expected, [3000.5, 'change']]));
      expect(parts.flatMap(({ corrected = [] }) => corrected)).to.have.length(2001);
      expect(parts.flatMap(({ changes }) => changes)).to.have.length(5001);
    });

    it('should go on where nothing is left of a commit', async () => {
      await playStore(HEADER + row(2, 2), database(), { source: 'one' });
      const { cursor } = await past.extent();
      await playStore(HEADER + row(3, 3), database(), { source: 'two' });
      await playStore(HEADER + row(4, 1), database(), { source: 'three' }); // takes over the fixes of both
      const between = (await next(cursor)).to;
      expect(told([await next(cursor)])).to.deep.equal(new Map([[4, 'change'], [2, 'late'], [3, 'late']]));
      expect(between).to.equal((await past.extent()).cursor);
    });

    it('should say reset amid a commit, if that is another one by now', async () => {
      const seconds = Array.from({ length: 5000 }, (_, i) => i + 1000);
      await playStore(HEADER, database());
      const { cursor } = await past.extent();
      await playStore(HEADER + seconds.map((second) => row(second, second)).join(''), database(), { source: 'one' });
      const { to } = await next(cursor);
      expect(await next(to)).to.deep.include({ type: 'rows', from: to, isFull: false });
      await database().query("update lastfix.head set pos = pos - 1; update lastfix.commits set at = at + interval '1 s' where pos = (select max(pos) from lastfix.commits)");
      expect(await next(to)).to.have.property('type', 'reset'); // what was committed since is not there
      await database().query('update lastfix.head set pos = pos + 1');
      expect(await next(to)).to.have.property('type', 'reset'); // it is there, and another one
    });

    it('should say reset at once when the database was restored, and wait in a copy that is behind', async () => {
      await playStore(HEADER + row(2, 2), database());
      await playStore(HEADER + row(3, 3), database(), { source: 'two' });
      const { cursor } = await past.extent();
      await database().query("update lastfix.head set pos = 1; delete from lastfix.commits where pos = 2; delete from lastfix.fixes where batch = 2");
      expect(await past.appendedAfter(cursor)).to.have.property('type', 'reset');
      const copy = new SqlPast(unclosed(asCopy(database())));
      expect(await copy.appendedAfter(cursor)).to.equal(undefined);
      await playStore(HEADER + row(4, 4), database(), { source: 'three' });
      expect(await past.appendedAfter(cursor)).to.have.property('type', 'reset');
      await playStore(HEADER + row(5, 5), database(), { source: 'four' });
      expect(await past.appendedAfter(cursor)).to.have.property('type', 'reset');
    });
  });
});
