import { expect } from 'chai';
import { openDatabase } from '../../src/store/openDatabase.js';
import { openSchema } from '../../src/store/openSchema.js';
import { storeUrl } from '../../src/store/storeUrl.js';
import { ownDatabase } from './ownDatabase.js';

describe('openSchema in PostgreSQL', () => {
  const own = ownDatabase();

  it('should make the tables once, whoever comes at the same time', async () => {
    const databases = await Promise.all(Array.from({ length: 6 }, () => openDatabase(storeUrl(own().url), { connections: 1 })));
    try {
      for (let round = 0; round < 10; round++) {
        await own().database.query('drop schema if exists lastfix cascade');
        const ids = await Promise.all(databases.map((database) => openSchema(database, { shown: 'the store', writes: true })));
        expect(new Set(ids).size).to.equal(1);
      }
    } finally {
      await Promise.all(databases.map((database) => database.close()));
    }
  });
});
