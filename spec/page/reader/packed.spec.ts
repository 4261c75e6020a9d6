import { expect } from 'chai';
import fc from 'fast-check';
import { buffersOf, packed } from '../../../src/page/reader/packed.js';
import { unpacked } from '../../../src/page/reader/unpacked.js';
import { sightings } from '../support/sightings.js';

describe('packed', () => {
  it('should bring fixes to another thread as they are', () => {
    fc.assert(
      fc.property(sightings, (fixes) => {
        const sent = packed(fixes);
        const got = structuredClone(sent, { transfer: buffersOf(sent) });
        expect(unpacked(got)).to.deep.equal(fixes);
        expect(sent.numbers.length, 'numbers that were copied').to.equal(0);
      }),
    );
  });
});
