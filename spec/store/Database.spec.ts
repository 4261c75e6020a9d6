import { expect } from 'chai';
import { parseInstant } from '../../src/domain/instant.js';
import { failureOf } from '../support/failureOf.js';
import { pglite } from '../support/pglite.js';

describe('Database', () => {
  const database = pglite();
  beforeEach(() => database().query('create table kept (number int8, time timestamptz)'));
  const numbers = async () => (await database().query<{ number: number }>('select number from kept order by 1')).rows.map(({ number }) => number);

  it('should keep every microsecond of a time, and every whole number up to 2^53', async () => {
    const times = ['1684-07-28T00:12:25.259009Z', '1969-12-31T23:59:59.999999Z', '2255-06-05T23:47:34.740991Z'];
    const inserted = await database().query('insert into kept select 9007199254740991, * from unnest($1::timestamptz[])', [times]);
    expect(inserted.affected).to.equal(3);
    await database().query("set timezone to 'Asia/Kolkata'; set datestyle to 'German'");
    const { rows } = await database().reading((queries) =>
      queries.query<{ number: number; time: string }>('select number, time from kept order by time'),
    );
    expect(rows.map(({ time }) => parseInstant(time))).to.deep.equal(times.map(parseInstant));
    expect(rows.map(({ number }) => number)).to.deep.equal([2 ** 53 - 1, 2 ** 53 - 1, 2 ** 53 - 1]);
  });

  it('should commit what resolves, and roll back what rejects', async () => {
    const failure = new Error('no');
    expect(await database().writing(async (queries) => (await queries.query('insert into kept values (1)')).affected)).to.equal(1);
    const failed = database().writing(async (queries) => {
      await queries.query('insert into kept values ($1)', [2]);
      throw failure;
    });
    expect(await failureOf(failed)).to.equal(failure);
    expect(await numbers()).to.deep.equal([1]);
  });

  it('should let nobody wait for ever for a writer that stands still', async () => {
    const shown = async () => database().writing((queries) => queries.query('show idle_in_transaction_session_timeout'));
    expect((await shown()).rows).to.deep.equal([{ idle_in_transaction_session_timeout: '5s' }]);
  });

  it('should commit what was only sent, in its order', async () => {
    await database().writing((queries) => {
      for (const sql of ['insert into kept values (1)', 'update kept set number = number + 1', 'insert into kept values (1)']) queries.send(sql);
      return Promise.resolve();
    });
    expect(await numbers()).to.deep.equal([1, 2]);
  });

  it('should roll back if what was only sent fails, and say why, not that what came after it failed', async () => {
    for (const isAsked of [false, true]) {
      const failed = database().writing(async (queries) => {
        queries.send('insert into kept values (1)');
        queries.send('insert into kept values ($1 / 0)', [1]);
        queries.send('insert into kept values (3)');
        if (isAsked) await queries.query('select 1');
      });
      expect(await failureOf(failed)).to.have.property('code', '22012');
      expect(await numbers()).to.deep.equal([]);
    }
  });

  it('should pass on what the work rejects with, though all that was sent went well', async () => {
    const failure = new Error('no');
    const failed = database().writing((queries) => {
      queries.send('insert into kept values (1)');
      return Promise.reject(failure);
    });
    expect(await failureOf(failed)).to.equal(failure);
    expect(await numbers()).to.deep.equal([]);
  });

  it('should not write in a transaction that reads', async () => {
    const failure = await failureOf(database().reading((queries) => queries.query('insert into kept values (1)')));
    expect(failure).to.have.property('code', '25006');
    expect(await numbers()).to.deep.equal([]);
  });
});
