import { expect } from 'chai';
import fc from 'fast-check';
import { PAGE, sealPages } from '../../src/lookup/page.js';
import { isStampOf, NO_STAMP, parseStamp, SIGNATURE, stampPage, wasIndex, type Stamp } from '../../src/lookup/stamp.js';

const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const anyStamp: fc.Arbitrary<Stamp> = fc.record({
  dev: u64,
  ino: u64,
  size: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  ctimeNs: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
});
const EDITION = 0xfedcba9876543210n;
const pageOf = (stamp: Stamp) => stampPage(Buffer.alloc(PAGE), stamp, EDITION);

describe('stampPage', () => {
  it('should say in words that the file may be deleted', () => {
    expect(pageOf(NO_STAMP).toString('latin1').startsWith('lastfix index: may be deleted at any time\n')).to.equal(true);
  });

  it('should be read again as it was given', () => {
    fc.assert(fc.property(anyStamp, (stamp) => {
      const page = pageOf(stamp);
      expect(page.length).to.equal(PAGE);
      expect(parseStamp(page)).to.deep.equal({ state: stamp, edition: EDITION });
    }));
  });

  it('should be the same in a page that had another', () => {
    fc.assert(fc.property(anyStamp, anyStamp, (before, stamp) => {
      expect(stampPage(pageOf(before), stamp, EDITION).equals(pageOf(stamp))).to.equal(true);
    }));
  });
});

describe('parseStamp', () => {
  it('should read none of a page of which any bit is another, or that is cut', () => {
    fc.assert(fc.property(anyStamp, fc.nat(PAGE - 1), fc.nat(7), (stamp, at, bit) => {
      const page = pageOf(stamp);
      page[at]! ^= 1 << bit;
      expect(parseStamp(page)).to.equal(undefined);
      expect(parseStamp(pageOf(stamp).subarray(0, at))).to.equal(undefined);
    }));
  });

  it('should read none of a page of something else, sealed or not', () => {
    expect(parseStamp(sealPages(Buffer.alloc(PAGE, 1), 0))).to.equal(undefined);
    expect(parseStamp(Buffer.alloc(PAGE))).to.equal(undefined);
  });
});

describe('isStampOf', () => {
  it('should hold for a file in the very state that was stamped, also if the system numbers it below zero', () => {
    const state = { dev: -2n, ino: -1n, size: 7n, ctimeNs: 8n };
    expect(isStampOf(parseStamp(pageOf(state))!.state, state)).to.equal(true);
  });

  it('should hold for no file in which one of the four is another, and for none that was never stamped', () => {
    fc.assert(fc.property(anyStamp, fc.constantFrom('dev', 'ino', 'size', 'ctimeNs'), u64, (stamp, which, other) => {
      fc.pre(stamp[which] !== other);
      expect(isStampOf(stamp, { ...stamp, [which]: other })).to.equal(false);
    }));
    expect(isStampOf(NO_STAMP, { dev: 1n, ino: 2n, size: 3n, ctimeNs: 4n })).to.equal(false);
  });
});

describe('wasIndex', () => {
  it('should hold for the first page of an index with any one stretch of it lost, or cut anywhere', () => {
    fc.assert(fc.property(anyStamp, fc.nat(PAGE), fc.nat(PAGE / 2 - SIGNATURE.length), (stamp, at, length) => {
      expect(wasIndex(pageOf(stamp).fill(255, at, Math.min(PAGE, at + length)))).to.equal(true);
      expect(wasIndex(pageOf(stamp).subarray(0, at))).to.equal(true);
    }));
  });

  it('should hold for an empty file, and for zeros, as a power cut leaves them', () => {
    expect(wasIndex(Buffer.alloc(0))).to.equal(true);
    expect(wasIndex(Buffer.alloc(PAGE))).to.equal(true);
    expect(wasIndex(Buffer.alloc(7))).to.equal(true);
  });

  it('should not hold for the file of somebody else', () => {
    for (const text of ['mine\n', 'x', SIGNATURE.toUpperCase(), `${SIGNATURE.slice(0, 10)}\nnotes`, 'x'.repeat(2 * PAGE)]) {
      expect(wasIndex(Buffer.from(text).subarray(0, PAGE)), text.slice(0, 50)).to.equal(false);
    }
  });
});
