import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { expect } from 'chai';
import { DamagedIndex } from '../../src/lookup/DamagedIndex.js';
import { PAGE, sealPages } from '../../src/lookup/page.js';
import { FilePages, HeldPages } from '../../src/lookup/Pages.js';
import { noReads } from '../../src/lookup/Reads.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const SALT = 1000;
/** Sealed pages, each of which starts with its number as a double, and has it behind that as an integer. */
const numbered = (count: number) => {
  const bytes = Buffer.alloc(count * PAGE);
  for (let i = 0; i < count; i++) {
    bytes.writeDoubleLE(i, i * PAGE);
    bytes.writeUInt32LE(i, i * PAGE + 8);
  }
  return sealPages(bytes, SALT);
};

describe('FilePages', () => {
  const at = temporaryFolder();
  let descriptor = -1;
  const pagesOf = (bytes: Buffer) => {
    writeFileSync(at('file'), bytes);
    descriptor = openSync(at('file'), 'r+');
    const reads = noReads();
    return { pages: new FilePages(descriptor, reads), reads };
  };
  afterEach(() => { closeSync(descriptor); });

  it('should read each page as bytes and as numbers, once', () => {
    const { pages, reads } = pagesOf(numbered(3));
    for (const i of [2, 0, 2, 1, 0]) {
      const { bytes, doubles, u32s } = pages.page(i, SALT + i);
      expect([bytes.length, doubles.length, u32s.length]).to.deep.equal([PAGE, PAGE / 8, PAGE / 4]);
      expect([bytes.readUInt32LE(8), doubles[0], u32s[2]]).to.deep.equal([i, i, i]);
    }
    expect(reads).to.deep.equal({ ...noReads(), pages: 3 });
  });

  it('should find damaged a page that stands in the place of another', () => {
    const { pages } = pagesOf(Buffer.concat([numbered(2).subarray(PAGE), numbered(1)]));
    for (const i of [0, 1]) expect(() => pages.page(i, SALT + i)).to.throw(DamagedIndex, `page ${i} is damaged`);
  });

  it('should find damaged what is torn, changed, or not there', () => {
    const bytes = numbered(4).subarray(0, 4 * PAGE - 1);
    bytes[PAGE + 5]! ^= 1;
    const { pages } = pagesOf(bytes);
    expect(pages.page(0, SALT + 0).doubles[0]).to.equal(0);
    expect(pages.page(2, SALT + 2).doubles[0]).to.equal(2);
    for (const i of [1, 3, 4, 1000]) expect(() => pages.page(i, SALT + i)).to.throw(DamagedIndex, `page ${i} is damaged`);
  });

  it('should read a page that was damaged anew when it is asked for again', () => {
    const { pages } = pagesOf(Buffer.alloc(PAGE, 1));
    expect(() => pages.page(0, SALT + 0)).to.throw(DamagedIndex);
    writeSync(descriptor, numbered(1), 0, PAGE, 0);
    expect(pages.page(0, SALT + 0).doubles[0]).to.equal(0);
  });

  it('should hold no more than 16,384 pages, and read those again that it held before', () => {
    const { pages, reads } = pagesOf(numbered(16_385));
    for (let i = 0; i < 16_385; i++) expect(pages.page(i, SALT + i).doubles[0]).to.equal(i);
    pages.page(16_384, SALT + 16_384);
    expect(reads.pages).to.equal(16_385);
    expect(pages.page(0, SALT + 0).doubles[0]).to.equal(0);
    expect(reads.pages).to.equal(16_386);
  });
});

describe('HeldPages', () => {
  it('should give the pages of a buffer', () => {
    const pages = new HeldPages(numbered(3));
    for (const i of [2, 0, 1]) expect([pages.page(i).doubles[0], pages.page(i).u32s[2]]).to.deep.equal([i, i]);
  });
});
