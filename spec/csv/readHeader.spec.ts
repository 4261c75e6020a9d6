import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { expect } from 'chai';
import { FileError } from '../../src/csv/FileError.js';
import { readHeader } from '../../src/csv/readHeader.js';
import { failureOf } from '../support/failureOf.js';
import { isOpen } from '../support/isOpen.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('readHeader', () => {
  const at = temporaryFolder();
  const file = (text: string) => {
    writeFileSync(at('file.csv'), text);
    return at('file.csv');
  };

  it('should hand out what is made of the header, however long it is, and let go of the file', async () => {
    const name = 'h'.repeat(10_000);
    for (const [text, names] of [['h,i\na,b\n', 'h+i'], [`${name},"i\n"\n${'a,b\n'.repeat(100_000)}`, `${name}+i\n`]] as const) {
      const path = file(text);
      expect((await readHeader(path, (header) => header.join('+'))) === names).to.equal(true);
      expect(isOpen(path)).to.equal(false);
    }
  });

  it('should read little more', async () => {
    let read = 0;
    await readHeader(file('h,i\n'.repeat(1_000_000)), () => undefined, { seen: ({ length }) => (read += length) });
    expect(read).to.be.at.most(10_000);
  });

  it('should leave a file open that is given', async () => {
    const path = file('h,i\n');
    const opened = await open(path);
    expect(await readHeader(path, (header) => header, { file: opened })).to.deep.equal(['h', 'i']);
    expect(isOpen(path)).to.equal(true);
    await opened.close();
  });

  it('should say what is wrong as openCsv does', async () => {
    const path = file('h,i\n');
    const failure = await failureOf(readHeader(path, () => { throw new Error('no column sts'); }));
    expect(failure).to.be.instanceOf(FileError).with.property('message', `${path}: no column sts`);
    expect(await failureOf(readHeader(file('h,i'), () => undefined, { wholeLinesOnly: true }))).to.have.property(
      'message',
      `${path} has no header line: the first must name the columns`,
    );
  });
});
