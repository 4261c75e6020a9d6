import { SqlPast } from '../../../src/store/past/SqlPast.js';
import { fillStore } from '../../support/fillStore.js';
import { itShouldBeAPast } from '../../support/pastSuite.js';
import { pglite } from '../../support/pglite.js';

describe('SqlPast', () => {
  const database = pglite();
  itShouldBeAPast(() => ({
    past: new SqlPast({
      query: (sql, parameters) => database().query(sql, parameters),
      reading: (ask) => database().reading(ask),
      writing: (write) => database().writing(write),
      close: () => Promise.resolve(), // others use it, too
    }),
    play: (recording, until, isMore) => fillStore(database(), recording, until, isMore),
  }));
});
