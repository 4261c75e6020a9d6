import { SqlPast } from '../../../src/store/past/SqlPast.js';
import { itShouldBeAPast } from '../../support/pastSuite.js';
import { pglite } from '../../support/pglite.js';
import { playStore } from '../../support/playStore.js';
import { unclosed } from '../../support/unclosed.js';

describe('SqlPast', () => {
  const database = pglite();
  itShouldBeAPast(() => ({
    past: new SqlPast(unclosed(database())),
    play: async (recording, until, isMore) => {
      if (!isMore) await database().query('drop schema if exists lastfix cascade');
      await playStore(recording, database(), { until });
    },
  }));
});
