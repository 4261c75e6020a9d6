import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { formatField } from '../../src/csv/formatRow.js';
import { parseRow } from '../../src/csv/parseRow.js';
import { readRows } from '../../src/csv/readRows.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('parseRow', () => {
  const at = temporaryFolder();

  for (const [what, raw, ...fields] of [
    ['fields between commas', 'a,b', 'a', 'b'],
    ['empty fields', ',,', '', '', ''],
    ['a comma, a quote and line breaks in quotes', '"a,b","say ""hi""","c\nd\r\ne"', 'a,b', 'say "hi"', 'c\nd\r\ne'],
    ['a quote within an unquoted field', '5" nail,b', '5" nail', 'b'],
    ['a carriage return outside quotes, which ends no row', '"a",b\rc,d', 'a', 'b\rc', 'd'],
    ['blanks, which belong to their field', ' a ," b"', ' a ', ' b'],
  ] as const) {
    it(`should read ${what}`, () => {
      expect(parseRow(raw)).to.deep.equal(fields);
    });
  }

  it('should read what was written of any fields', () => {
    const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', 'é', '\ufeff') });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 5 }), (fields) => {
        fc.pre(fields.join() !== '');
        expect(parseRow(fields.map(formatField).join(','))).to.deep.equal(fields);
      }),
      { numRuns: 500 },
    );
  });

  it('should read each row of any file as it is read with the others', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', '\r', 'é', ' '), size: 'medium', minLength: 1 });
    await fc.assert(
      fc.asyncProperty(text, async (text) => {
        writeFileSync(at('file.csv'), text);
        for await (const rows of readRows(at('file.csv'), { wholeLinesOnly: true })) {
          for (const { raw, fields } of rows) expect(parseRow(raw)).to.deep.equal(fields);
        }
      }),
      { numRuns: 500 },
    );
  });
});
