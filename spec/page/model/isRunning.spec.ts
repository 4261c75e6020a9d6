import { expect } from 'chai';
import { isRunning } from '../../../src/page/model/isRunning.js';

describe('isRunning', () => {
  it('should be as the server says, at once when a run ends or is killed', () => {
    expect(isRunning({ replaying: false, writing: true }, false)).to.equal(true);
    expect(isRunning({ replaying: false, writing: false }, true)).to.equal(false);
    expect(isRunning({ replaying: true, writing: null }, false)).to.equal(true);
  });

  it('should go by whether the log grows where the server cannot know, or has said nothing yet', () => {
    for (const grows of [true, false]) {
      expect(isRunning({ replaying: false, writing: null }, grows)).to.equal(grows);
      expect(isRunning(undefined, grows)).to.equal(grows);
    }
  });
});
