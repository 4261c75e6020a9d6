import { expect } from 'chai';
import { Dice } from '../../src/generate/Dice.js';
import { monotonic } from '../../src/rx/monotonic.js';
import { commitSafely } from '../../src/store/commitSafely.js';
import { commitSql } from '../../src/store/commitSql.js';
import { openDatabase } from '../../src/store/openDatabase.js';
import { openSchema } from '../../src/store/openSchema.js';
import { openStorePast } from '../../src/store/past/openStorePast.js';
import { storeUrl } from '../../src/store/storeUrl.js';
import type { StoreRow } from '../../src/store/StoreRow.js';
import { partsByChance, rowsByChance } from '../support/arbitraryStoreRows.js';
import { PgBouncer } from '../support/PgBouncer.js';
import { expectStore } from '../support/storeModel.js';
import { ownDatabase } from './ownDatabase.js';

describe('a store behind PgBouncer, which gives each transaction another connection', () => {
  const own = ownDatabase();
  let bouncer: PgBouncer;
  before(async () => {
    const { port, pathname } = new URL(own().url);
    bouncer = await PgBouncer.start(Number(port));
    url = storeUrl(bouncer.url(pathname.slice(1)));
  });
  after(() => bouncer.stop());
  let url: ReturnType<typeof storeUrl>;

  it('should be written by several at once, and asked by several at once', async () => {
    const dice = new Dice(5);
    const rows = rowsByChance(dice, 800);
    const parts = partsByChance(dice, rows, 100);
    const write = async (own: readonly (readonly StoreRow[])[]) => {
      const database = await openDatabase(url);
      await openSchema(database, { shown: 'here', writes: true });
      const to = { database, sql: commitSql('"lastfix"'), shown: 'here', isKnown: () => false, signal: undefined, scheduler: monotonic };
      const said = (line: string) => expect.fail(line);
      for (const part of own) {
        const committing = { rows: part, rejected: [], source: 1, places: { from: 0, to: 0 }, worker: 'spec' };
        for await (const { refused } of commitSafely(committing, { ...to, said })) expect(refused).to.equal(0);
      }
      await database.close();
    };
    await Promise.all([0, 1, 2].map((writer) => write(parts.filter((_, i) => i % 3 === writer))));
    await expectStore(own().database, rows);

    const [pooled, direct] = await Promise.all([openStorePast(url), openStorePast(storeUrl(own().url))]);
    const devices = [...(await direct.devices())];
    const arrivals = rows.map(({ arrival }) => arrival);
    await Promise.all(
      Array.from({ length: 60 }, async () => {
        const [device, moment] = [dice.one(devices), { at: dice.one(arrivals), by: dice.one(['event', 'arrival'] as const) }];
        expect(await pooled.newest(device, moment)).to.deep.equal(await direct.newest(device, moment));
      }),
    );
    expect(await pooled.newestOfAll()).to.deep.equal(await direct.newestOfAll());
    const ever = { by: 'event' as const, from: -Infinity, to: Infinity };
    expect(await pooled.histogram(ever, 50)).to.deep.equal(await direct.histogram(ever, 50));
    await Promise.all([pooled.close(), direct.close()]);
  });
});
