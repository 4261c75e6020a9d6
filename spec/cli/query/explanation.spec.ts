import { expect } from 'chai';
import { explanation } from '../../../src/cli/query/explanation.js';
import { readsOf } from '../../../src/cli/query/readsOf.js';
import { noReads } from '../../../src/lookup/Reads.js';

describe('explanation', () => {
  it('should say what was read by the index, without it, and to make sure of it', () => {
    const reads = { pages: 1234, rows: 1, rowBytes: 84, scanned: 5678, scannedBytes: 1_000_000, verifiedBytes: 4096 };
    expect(explanation(readsOf(reads), 12.345, 234.5)).to.equal(
      [
        'index              1,234 pages, 5,054,464 bytes',
        'rows by the index  1, 84 bytes',
        'rows without it    5,678, 1,000,000 bytes',
        'bytes compared     4,096',
        'time               12.3 ms, of 235 ms since the process started',
        '',
      ].join('\n'),
    );
  });

  it('should say that no index was used', () => {
    expect(explanation(readsOf(noReads()), 1, 2)).to.match(/^index {14}not used\nrows by the index {2}0, 0 bytes\n/);
  });
});
