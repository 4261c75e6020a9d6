import { expect } from 'chai';
import fc from 'fast-check';
import { topicOf } from '../../../src/send/mqtt/topicOf.js';

describe('topicOf', () => {
  it('should put the id of a device where it is wanted', () => {
    expect(topicOf('fleet/{device}/fix', 'bus 7')).to.equal('fleet/bus 7/fix');
    expect(topicOf('{device}/{device}', '7')).to.equal('7/7');
    expect(topicOf('all', '7')).to.equal('all');
  });

  it('should keep out of the topics of the broker, which begin with $', () => {
    expect(topicOf('{device}/x', '$SYS')).to.equal('%24SYS/x');
    expect(topicOf('a/{device}', '$SYS')).to.equal('a/$SYS');
    expect(topicOf('{device}', "$&$'")).to.equal("%24&$'");
  });

  it('should have as many levels as its pattern, whatever the id, and another topic for each', () => {
    const ids = fc.string({ unit: fc.constantFrom('a', '$', '/', '+', '#', '%', '2', 'F', '\0'), maxLength: 6 });
    fc.assert(
      fc.property(ids, ids, fc.constantFrom('{device}', 'fleet/{device}', '{device}/fix'), (a, b, pattern) => {
        const [first, second] = [topicOf(pattern, a), topicOf(pattern, b)];
        expect(first.split('/')).to.have.length(pattern.split('/').length);
        expect(first).not.to.match(/[+#\0]|^\$/);
        expect(first === second).to.equal(a === b);
        expect(decodeURIComponent(first)).to.equal(pattern.replace('{device}', () => a));
      }),
    );
  });
});
