import { tortureStore } from '../torture/tortureStore.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { postgres } from './postgres.js';

describe('a store in PostgreSQL', () => {
  const at = temporaryFolder();
  const server = postgres();

  it('should be as if all had come in order, when writers are killed and the server is stopped', async () => {
    await tortureStore(1, server(), at(), { rows: 3000, most: 150, kills: 4, stops: 1 });
  });
});
