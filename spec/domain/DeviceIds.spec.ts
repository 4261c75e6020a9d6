import { expect } from 'chai';
import fc from 'fast-check';
import { DeviceIds, nextHash } from '../../src/domain/DeviceIds.js';

const hashOf = (bytes: Uint8Array) => bytes.reduce(nextHash, 0);

describe('DeviceIds', () => {
  it('should number ids by their bytes, each once, and give them back as text', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.nat().map(String))), (texts) => {
        const ids = new DeviceIds();
        const known = new Map<string, number>();
        for (const text of texts) {
          const bytes = Buffer.from(`..${text}.`);
          const own = bytes.subarray(2, -1);
          const number = ids.numberOf(bytes, 2, bytes.length - 1, hashOf(own));
          expect(number).to.equal(known.get(text) ?? known.size);
          known.set(text, number);
          bytes.fill(0); // it is read again for the next block
          expect(ids.id(number)).to.equal(text);
          expect(ids.numberOfText(text)).to.equal(number);
        }
      }),
    );
  });

  it('should tell apart many ids, also those that have one hash', () => {
    const ids = new DeviceIds();
    const texts = Array.from({ length: 5000 }, (_, i) => String(i));
    for (const [i, text] of texts.entries()) expect(ids.numberOfText(text)).to.equal(i);
    const bytes = Buffer.from('ab');
    expect([ids.numberOf(bytes, 0, 1, 7), ids.numberOf(bytes, 1, 2, 7), ids.numberOf(bytes, 0, 1, 7)]).to.deep.equal([5000, 5001, 5000]);
  });
});
