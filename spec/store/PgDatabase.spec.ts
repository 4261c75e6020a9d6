import { expect } from 'chai';
import type { Pool } from 'pg';
import { PgDatabase } from '../../src/store/PgDatabase.js';
import { failureOf } from '../support/failureOf.js';

interface Asked {
  readonly text: string;
  readonly name?: string;
}

/** A pool before the server, which has no statement that was prepared by an earlier connection, if it refuses those. */
function poolOf(asked: Asked[], refusal?: string): Pool {
  const client = {
    on: () => undefined,
    off: () => undefined,
    release: () => undefined,
    query: (query: Asked) => {
      asked.push(query);
      if (query.name !== undefined && refusal !== undefined)
        return Promise.reject(Object.assign(new Error('refused'), { code: refusal, severity: 'ERROR' }));
      return Promise.resolve({ rows: [{ n: 1 }], command: 'SELECT', rowCount: 1 });
    },
  };
  return { on: () => undefined, connect: () => Promise.resolve(client) } as unknown as Pool;
}

describe('PgDatabase', () => {
  const names = (asked: readonly Asked[]) => asked.map(({ name }) => name !== undefined);

  it('should have a statement with parameters prepared, by one name for one text, if that is asked for', async () => {
    const asked: Asked[] = [];
    const database = new PgDatabase(poolOf(asked), () => String, { prepares: true, sockets: new Set() });
    for (const text of ['select $1', 'select $1', 'select $2']) await database.query(text, [1]);
    await database.query('select 1');
    expect(new Set(asked.slice(0, 2).map(({ name }) => name)).size).to.equal(1);
    expect(asked[2]!.name).to.not.equal(asked[0]!.name);
    expect(names(asked)).to.deep.equal([true, true, true, false]);
  });

  for (const code of ['26000', '42P05']) {
    it(`should ask again without a name, and from then on, where a pool refuses names with ${code}`, async () => {
      const asked: Asked[] = [];
      const database = new PgDatabase(poolOf(asked, code), () => String, { prepares: true, sockets: new Set() });
      expect((await database.query('select $1', [1])).rows).to.deep.equal([{ n: 1 }]);
      await database.reading((queries) => queries.query('select $1', [1]));
      expect(names(asked.filter(({ text }) => text === 'select $1'))).to.deep.equal([true, false, false]);
    });
  }

  it('should ask again what others asked meanwhile, too, where a pool refuses names', async () => {
    const database = new PgDatabase(poolOf([], '42P05'), () => String, { prepares: true, sockets: new Set() });
    const answers = await Promise.all([1, 2, 3].map((n) => database.query('select $1', [n])));
    expect(answers.map(({ rows }) => rows)).to.deep.equal([[{ n: 1 }], [{ n: 1 }], [{ n: 1 }]]);
  });

  it('should pass on what else a server refuses', async () => {
    const database = new PgDatabase(poolOf([], '42P01'), () => String, { prepares: true, sockets: new Set() });
    expect(await failureOf(database.query('select $1', [1]))).to.have.property('code', '42P01');
  });
});
