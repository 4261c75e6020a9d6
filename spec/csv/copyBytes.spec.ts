import { expect } from 'chai';
import fc from 'fast-check';
import { BEYOND, copyBytes, viewed } from '../../src/csv/copyBytes.js';

describe('copyBytes', () => {
  it('should copy any bytes from anywhere to anywhere, and touch at most three beyond their end', () => {
    fc.assert(
      fc.property(fc.nat({ max: 140 }), fc.nat({ max: 9 }), fc.nat({ max: 9 }), (length, from, at) => {
        const source = viewed(Buffer.from(Array.from({ length: from + length + BEYOND }, (_, i) => 1 + (i % 250))));
        const target = viewed(Buffer.alloc(at + length + BEYOND + 5));
        expect(copyBytes(source, from, from + length, target, at)).to.equal(at + length);
        expect(target.bytes.subarray(at, at + length).equals(source.bytes.subarray(from, from + length))).to.equal(true);
        for (const untouched of [target.bytes.subarray(0, at), target.bytes.subarray(at + length + BEYOND)])
          expect([...untouched]).to.deep.equal(Array<number>(untouched.length).fill(0));
      }),
      { numRuns: 1000 },
    );
  });

  it('should see the bytes alone that it is given, wherever they are in their memory', () => {
    const memory = Buffer.from('0123456789abcdef');
    const target = viewed(Buffer.alloc(16));
    const end = copyBytes(viewed(memory.subarray(4)), 1, 4, target, 0);
    expect(target.bytes.toString('latin1', 0, end)).to.equal('567');
  });
});
