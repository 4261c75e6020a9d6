import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { expect } from 'chai';
import { DamagedIndex } from '../../src/lookup/DamagedIndex.js';
import { PAGE, sealPages } from '../../src/lookup/page.js';
import { FilePages, HeldPages, type Pages } from '../../src/lookup/Pages.js';
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

/** The number that a page says it has, as a double and as an integer, which must be one. */
const numberAt = ({ held: { bytes, doubles, u32s } }: Pages, at: number): number => {
  expect([doubles[at / 8], u32s[at / 4 + 2]]).to.deep.equal([bytes.readDoubleLE(at), bytes.readUInt32LE(at + 8)]);
  expect(doubles[at / 8]).to.equal(u32s[at / 4 + 2]);
  return doubles[at / 8]!;
};

describe('FilePages', () => {
  const at = temporaryFolder();
  let descriptor = -1;
  const pagesOf = (bytes: Buffer) => {
    writeFileSync(at('file'), bytes);
    descriptor = openSync(at('file'), 'r+');
    const reads = noReads();
    const pages = new FilePages(descriptor, reads);
    return { pages, reads, numberIn: (i: number) => numberAt(pages, pages.find(i, SALT + i)) };
  };
  afterEach(() => { closeSync(descriptor); });

  it('should read each page as bytes and as numbers, once', () => {
    const { numberIn, reads } = pagesOf(numbered(3));
    for (const i of [2, 0, 2, 1, 0]) expect(numberIn(i)).to.equal(i);
    expect(reads).to.deep.equal({ ...noReads(), pages: 3 });
  });

  it('should hold many pages, in whatever order they are read', () => {
    const { numberIn, reads } = pagesOf(numbered(400));
    for (let i = 0; i < 400; i++) expect(numberIn((i * 37) % 400)).to.equal((i * 37) % 400);
    for (let i = 0; i < 400; i++) expect(numberIn(i)).to.equal(i);
    expect(reads.pages).to.equal(400);
  });

  it('should find damaged a page that stands in the place of another', () => {
    const { pages } = pagesOf(Buffer.concat([numbered(2).subarray(PAGE), numbered(1)]));
    for (const i of [0, 1]) expect(() => pages.find(i, SALT + i)).to.throw(DamagedIndex, `page ${i} is damaged`);
  });

  it('should find damaged what is torn, changed, or not there', () => {
    const bytes = numbered(4).subarray(0, 4 * PAGE - 1);
    bytes[PAGE + 5]! ^= 1;
    const { pages, numberIn } = pagesOf(bytes);
    expect([numberIn(0), numberIn(2)]).to.deep.equal([0, 2]);
    for (const i of [1, 3, 4, 1000]) expect(() => pages.find(i, SALT + i)).to.throw(DamagedIndex, `page ${i} is damaged`);
  });

  it('should read a page that was damaged anew when it is asked for again', () => {
    const { pages, numberIn } = pagesOf(Buffer.alloc(PAGE, 1));
    expect(() => pages.find(0, SALT + 0)).to.throw(DamagedIndex);
    writeSync(descriptor, numbered(1), 0, PAGE, 0);
    expect(numberIn(0)).to.equal(0);
  });

  it('should hold no more than 16,384 pages, and read those again that it held before', () => {
    const { pages, numberIn, reads } = pagesOf(numbered(16_385));
    for (let i = 0; i < 16_385; i++) expect(numberIn(i)).to.equal(i);
    numberIn(16_384);
    expect(reads.pages).to.equal(16_385);
    for (const i of [0, 1, 16_384, 0, 1]) expect(numberIn(i)).to.equal(i);
    expect(reads.pages).to.equal(16_387);
    expect(pages.held.bytes.length).to.equal(16_384 * PAGE);
  });

  it('should give no damaged page for the one whose memory it was read into', () => {
    const { pages, numberIn, reads } = pagesOf(numbered(16_384));
    for (let i = 0; i < 16_384; i++) numberIn(i);
    for (let twice = 0; twice < 2; twice++) expect(() => pages.find(16_384, SALT)).to.throw(DamagedIndex);
    for (const i of [0, 1, 0]) expect(numberIn(i)).to.equal(i);
    expect(reads.pages).to.equal(16_384 + 2 + 1);
  });
});

describe('HeldPages', () => {
  it('should give the pages of a buffer', () => {
    const pages = new HeldPages(numbered(3));
    for (const i of [2, 0, 1]) expect(numberAt(pages, pages.find(i))).to.equal(i);
  });
});
