import { expect } from 'chai';
import { temporaryFolder } from './support/temporaryFolder.js';
import { torture } from './torture/torture.js';

describe('a run that is killed and torn', () => {
  const at = temporaryFolder();
  for (const seed of [1, 2, 3, 4]) {
    it(`should end as if it had not been, when it is resumed (seed ${seed}; npm run torture has more)`, async () => {
      expect(await torture(seed, at())).to.have.property('kills').that.is.at.least(0);
    });
  }
});
