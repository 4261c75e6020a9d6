import { asyncScheduler } from 'rxjs';
import { expect } from 'chai';
import { commitRows, type CommitPosition, type Committing } from '../../src/store/commitRows.js';
import { commitSafely } from '../../src/store/commitSafely.js';
import { commitSql } from '../../src/store/commitSql.js';
import { openSchema } from '../../src/store/openSchema.js';
import { Overtaken } from '../../src/store/Overtaken.js';
import type { StoreRow } from '../../src/store/StoreRow.js';
import { failureOf } from '../support/failureOf.js';
import { pglite } from '../support/pglite.js';
import { expectStore } from '../support/storeModel.js';

const NOON = Date.UTC(2021, 9, 23, 12) * 1000;
const sql = commitSql('"lastfix"');
const row = (place: number, device = '7'): StoreRow => ({
  device, arrival: NOON + place, seq: 2 ** 40 + place, event: NOON + place, lat: 52.5, lon: 13.4, speed: null, written: null, further: null,
});

describe('the position of a commit', () => {
  const database = pglite();
  beforeEach(async () => {
    await openSchema(database(), { shown: 'postgres://here/db', writes: true });
    await database().query("insert into lastfix.partitions (stream, partition) values ('gps', 0)");
  });
  const seq = async () => (await database().query<{ seq: number }>('select seq from lastfix.partitions')).rows[0]!.seq;
  /** A position that moves on from one place to another, and says what it is asked for. */
  const position = (from: number, to: number, asked: string[] = []): CommitPosition => {
    const set = async (what: string, next: number, queries: Parameters<CommitPosition['advance']>[0]) => {
      asked.push(what);
      const { affected } = await queries.query('update lastfix.partitions set seq = $2 where seq = $1', [from, next]);
      if (affected === 0) throw new Overtaken('overtaken');
    };
    return { advance: (queries) => set('advance', to, queries), hold: (queries) => set('hold', from, queries) };
  };
  const committing = (rows: readonly StoreRow[], more: Partial<Committing>): Committing => ({ rows, rejected: [], source: 1, worker: 'spec', ...more });
  const safely = async (what: Committing) => {
    const to = { database: database(), sql, shown: 'the store', isKnown: () => false, said: () => undefined, signal: undefined, scheduler: asyncScheduler };
    let refused = 0;
    for await (const outcome of commitSafely(what, to)) refused += outcome.refused;
    return refused;
  };

  it('should move on with the rows', async () => {
    await database().writing((queries) => commitRows(queries, sql, committing([row(1)], { position: position(0, 5) }), () => false));
    expect(await seq()).to.equal(5);
    await expectStore(database(), [row(1)]);
  });

  it('should stay with all rows left out when somebody else has moved it, without another try', async () => {
    await database().query('update lastfix.partitions set seq = 3');
    const asked: string[] = [];
    expect(await failureOf(safely(committing([row(1)], { position: position(0, 5, asked) })))).to.be.an.instanceOf(Overtaken);
    expect(asked).to.deep.equal(['advance']);
    expect(await seq()).to.equal(3);
    await expectStore(database(), []);
  });

  it('should move on with the last of the parts in which a row is found that the database refuses, and note where that stood', async () => {
    const rows = [1, 2, 4, 5].map((place) => row(place));
    const asked: string[] = [];
    const placeOf = () => ({ source: 9, seq: 77, line: 3 });
    const tooLong = Array.from({ length: 3000 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000))).join(''); // for an index, which packs it in vain
    const all = [...rows.slice(0, 2), row(3, tooLong), ...rows.slice(2)];
    expect(await safely(committing(all, { position: position(0, 5, asked), placeOf }))).to.equal(1);
    expect(await seq()).to.equal(5);
    expect(asked[0]).to.equal('advance');
    expect(asked.slice(asked.lastIndexOf('hold'))).to.include('advance');
    await expectStore(database(), rows);
    expect((await database().query('select source, seq, line from lastfix.rejected')).rows).to.deep.equal([{ source: 9, seq: 77, line: 3 }]);
  });
});
