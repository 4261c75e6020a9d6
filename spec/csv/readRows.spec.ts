import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import type { CsvRow } from '../../src/csv/CsvRow.js';
import type { ReadBlocksOptions } from '../../src/csv/readBlocks.js';
import { readRows } from '../../src/csv/readRows.js';
import { failureOf } from '../support/failureOf.js';
import { isOpen } from '../support/isOpen.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const BOM = '\ufeff';

describe('readRows', () => {
  const at = temporaryFolder();
  const file = (text: string) => {
    writeFileSync(at('file.csv'), text);
    return at('file.csv');
  };

  const readAll = async (options: ReadBlocksOptions = {}) => {
    const read: CsvRow[] = [];
    for await (const rows of readRows(at('file.csv'), options)) {
      expect(rows).not.to.be.empty;
      read.push(...rows.map(({ fields, line, raw, start, bytes }) => ({ fields, line, raw, start, bytes })));
    }
    return read;
  };

  it('should read every row, the header among them, and where it stands', async () => {
    file(`${BOM}h,i\r\n\né,"b\n"\nc,d`);
    expect(await readAll()).to.deep.equal([
      { fields: ['h', 'i'], line: 1, raw: 'h,i', start: 3, bytes: 5 },
      { fields: ['é', 'b\n'], line: 3, raw: 'é,"b\n"', start: 9, bytes: 8 },
      { fields: ['c', 'd'], line: 5, raw: 'c,d', start: 17, bytes: 3 },
    ]);
  });

  it('should read from any row on exactly the rows that follow, their lines counted from there', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', '\r', 'é', BOM), size: 'medium' });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('', BOM), text, async (bom, text) => {
        file(`${bom}h\n${text}`);
        const opened = await open(at('file.csv'));
        try {
          const all = await readAll({ file: opened, wholeLinesOnly: true });
          for (const [i, { start, line }] of all.entries()) {
            if (start === 0 || i === 0) continue;
            const rest = await readAll({ file: opened, wholeLinesOnly: true, start });
            expect(rest).to.deep.equal(all.slice(i).map((row) => ({ ...row, line: row.line - line + 1 })));
          }
        } finally {
          await opened.close();
        }
      }),
      { numRuns: 80 },
    );
  });

  it('should say in which line from there a quote is opened and never closed', async () => {
    const path = file('h,i\na,b\n\n"c\n');
    const opened = await open(path);
    expect((await failureOf(readAll({ file: opened, start: 4 }))).message).to.include(`${path}:3: a quote is opened`);
    await opened.close();
  });

  it('should open nothing before it is asked, and close what it opened when it is returned', async () => {
    for (const text of ['h,i\n'.repeat(200_000), '"h",i\n'.repeat(200_000)]) {
      const path = file(text);
      const rows = readRows(path, {});
      expect(isOpen(path)).to.equal(false);
      await rows.next();
      expect(isOpen(path)).to.equal(true);
      await rows.return();
      expect(isOpen(path)).to.equal(false);
    }
  });
});
