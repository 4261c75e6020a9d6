import { expect } from 'chai';
import { aborted } from '../../src/cli/interruption.js';

describe('aborted', () => {
  it('should emit when the signal is aborted', () => {
    const controller = new AbortController();
    let told = 0;
    const subscription = aborted(controller.signal).subscribe(() => told++);
    expect(told).to.equal(0);
    controller.abort();
    expect(told).to.equal(1);
    subscription.unsubscribe();
  });

  it('should emit at once when it is aborted already: a Ctrl-C between two steps is not lost', () => {
    let told = 0;
    aborted(AbortSignal.abort()).subscribe(() => told++);
    expect(told).to.equal(1);
  });
});
