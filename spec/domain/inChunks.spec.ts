import { expect } from 'chai';
import fc from 'fast-check';
import { inChunks } from '../../src/domain/inChunks.js';

describe('inChunks', () => {
  it('should pass by all rows once, in order, never many at a time', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(5000), (from, count) => {
        let at = from;
        inChunks(from, from + count, (first, end) => {
          expect(first).to.equal(at);
          expect(end - first).to.be.within(1, 1024);
          at = end;
        });
        expect(at).to.equal(from + count);
      }),
    );
  });
});
