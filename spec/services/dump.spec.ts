import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { Dice } from '../../src/generate/Dice.js';
import type { Database } from '../../src/store/Database.js';
import { openSchema } from '../../src/store/openSchema.js';
import { openStorePast } from '../../src/store/past/openStorePast.js';
import type { SqlPast } from '../../src/store/past/SqlPast.js';
import { storeUrl } from '../../src/store/storeUrl.js';
import { openStream } from '../../src/stream/openStream.js';
import { streamUrl } from '../../src/stream/streamUrl.js';
import { openReader } from '../../src/worker/openReader.js';
import { rowsByChance } from '../support/arbitraryStoreRows.js';
import { fillStream } from '../support/fillStream.js';
import { NatsServer } from '../support/NatsServer.js';
import { expectStore, StoreFollower } from '../support/storeModel.js';
import { asWritten } from '../support/streamedRows.js';
import { startWorker } from '../support/workersOf.js';
import { ownDatabase, type Own } from './ownDatabase.js';

describe('a store that pg_dump has written', () => {
  const [first, second] = [ownDatabase(), ownDatabase()];
  let nats: NatsServer;
  before(async () => { nats = await NatsServer.start(); });
  after(() => nats.remove());

  /** Commits all that the stream has. */
  const drain = async (database: Database) => {
    const reader = await openReader(streamUrl(nats.url()), { said: () => undefined });
    await startWorker(reader, database, { drains: true }).ended.finally(() => reader.close());
  };
  const asking = async <T>({ url }: Own, ask: (past: SqlPast) => Promise<T>): Promise<T> => {
    const past = await openStorePast(storeUrl(url));
    return ask(past).finally(() => past.close());
  };
  const cursorOf = (own: Own) => asking(own, async (past) => (await past.extent()).cursor);
  const appended = (own: Own, cursor: string) => asking(own, async (past) => (await past.appendedAfter(cursor))?.type);

  it('should lack and double nothing in another database, and go on with the events from where it was', async () => {
    const [rows, dice, follower] = [asWritten(rowsByChance(new Dice(21), 900)), new Dice(21), new StoreFollower()];
    const stream = await openStream(streamUrl(nats.url()), { make: { partitions: 4 } });
    try {
      await openSchema(first().database, { shown: 'the first', writes: true });
      await first().database.query("insert into lastfix.sources (name) values ('recording 1'), ('recording 2')");
      await fillStream(stream, rows.slice(0, 300), dice);
      await drain(first().database);
      const known = await cursorOf(first());
      const dump = execFileSync('pg_dump', ['--schema=lastfix', first().url], { maxBuffer: 2 ** 28 });
      await fillStream(stream, rows.slice(300, 600), dice);
      await drain(first().database);
      const lost = await cursorOf(first());
      execFileSync('psql', ['--quiet', '--set=ON_ERROR_STOP=1', second().url], { input: dump, stdio: ['pipe', 'ignore', 'pipe'] });
      await follower.follow(second().database);
      expect(await appended(second(), known)).to.equal(undefined); // nothing yet
      expect(await appended(second(), lost)).to.equal('reset');
      await fillStream(stream, rows.slice(600), dice);
      await drain(second().database);
      expect(await appended(second(), known)).to.equal('rows');
      expect(await appended(second(), lost)).to.equal('reset');
    } finally {
      await stream.close();
    }
    await expectStore(second().database, rows, follower);
  });
});
