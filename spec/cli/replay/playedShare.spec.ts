import { expect } from 'chai';
import { playedShare } from '../../../src/cli/replay/playedShare.js';

describe('playedShare', () => {
  const recording = { fixes: 10, span: { first: 1000, last: 2000 } };

  it('should be that of the fixes', () => {
    expect(playedShare({ ...recording, end: 2000, judged: 0, at: undefined })).to.equal(0);
    expect(playedShare({ ...recording, end: 2000, judged: 5, at: 1900 })).to.equal(0.5);
    expect(playedShare({ ...recording, end: Infinity, judged: 10, at: 2000 })).to.equal(1);
  });

  it('should be that of the time, if it ends before the last fix', () => {
    expect(playedShare({ ...recording, end: 1500, judged: 0, at: undefined })).to.equal(0);
    expect(playedShare({ ...recording, end: 1500, judged: 9, at: 1250 })).to.equal(0.5);
  });

  it('should be unknown of a stream', () => {
    expect(playedShare({ fixes: 1, span: undefined, end: Infinity, judged: 1, at: 1 })).to.equal(undefined);
  });
});
