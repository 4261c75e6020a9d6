import { expect } from 'chai';
import fc from 'fast-check';
import { isSealed, PAGE, recordsInPage, sealPages } from '../../src/lookup/page.js';

const pages = (count: number) => fc.uint8Array({ minLength: count * PAGE, maxLength: count * PAGE }).map((bytes) => Buffer.from(bytes));

describe('recordsInPage', () => {
  it('should leave room for the seal', () => {
    expect([1, 4, 1023, 1024, 4092, 4093].map(recordsInPage)).to.deep.equal([4092, 1023, 4, 3, 1, 0]);
  });
});

describe('sealPages', () => {
  it('should seal each page by itself, and change nothing before its last 4 bytes', () => {
    fc.assert(
      fc.property(pages(3), fc.nat(2 ** 32 - 4), (bytes, salt) => {
        const sealed = sealPages(Buffer.from(bytes), salt);
        for (let at = 0; at < bytes.length; at += PAGE) {
          const page = sealed.subarray(at, at + PAGE);
          expect(isSealed(page, salt + at / PAGE)).to.equal(true);
          expect(page.subarray(0, PAGE - 4).equals(bytes.subarray(at, at + PAGE - 4))).to.equal(true);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('isSealed', () => {
  it('should tell a page of which any bit is another', () => {
    fc.assert(
      fc.property(pages(1), fc.nat(2 ** 32 - 1), fc.nat({ max: PAGE - 1 }), fc.nat({ max: 7 }), (page, salt, at, bit) => {
        sealPages(page, salt);
        page[at]! ^= 1 << bit;
        expect(isSealed(page, salt)).to.equal(false);
      }),
      { numRuns: 300 },
    );
  });

  it('should tell a page that was sealed with another number', () => {
    fc.assert(
      fc.property(pages(1), fc.nat(2 ** 32 - 1), fc.nat(2 ** 32 - 1), (page, salt, other) => {
        fc.pre(salt !== other);
        expect(isSealed(sealPages(page, salt), other)).to.equal(false);
      }),
    );
  });

  it('should tell a page that is cut, and one of zeros', () => {
    const page = sealPages(Buffer.alloc(PAGE, 1), 5);
    for (const length of [0, 1, 4092, 4095]) expect(isSealed(page.subarray(0, length), 5)).to.equal(false);
    expect(isSealed(Buffer.alloc(PAGE), 0)).to.equal(false);
  });
});
