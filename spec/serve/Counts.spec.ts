import { expect } from 'chai';
import type { NamedFix } from '../../src/domain/Appended.js';
import { Counts } from '../../src/serve/Counts.js';

const CHANGE = {} as unknown as NamedFix;
const late = (reason: string) => ({ ...CHANGE, reason, latestEventTime: '' });

describe('Counts', () => {
  /** Three pages of a late file. @param between what happens after the first of them */
  async function* pages(between: () => void) {
    yield await Promise.resolve([late('duplicate'), late('late'), late('duplicate')]);
    between();
    yield [late('conflict')];
    yield [late('duplicate')];
  }

  it('should count the late file, and what is appended while it is being read', async () => {
    const counts = new Counts();
    counts.verdicts.change = 10;
    await counts.read(pages(() => { counts.add({ type: 'rows', changes: [CHANGE, CHANGE], late: [late('late')] }); }));
    expect(counts.verdicts).to.deep.equal({ change: 12, late: 2, duplicate: 3, conflict: 1 });
  });

  it('should count nothing of a log that another has replaced, also if it is still being read', async () => {
    const counts = new Counts();
    counts.verdicts.change = 10;
    await counts.read(pages(() => {
      counts.add({ type: 'reset', changes: [], late: [] });
      counts.add({ type: 'rows', changes: [CHANGE], late: [late('late')] });
    }));
    expect(counts.verdicts).to.deep.equal({ change: 1, late: 1, duplicate: 0, conflict: 0 });
  });
});
