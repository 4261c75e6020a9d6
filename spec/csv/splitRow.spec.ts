import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { splitRow } from '../../src/csv/splitRow.js';

const text = fc.string({ unit: fc.constantFrom('a', ',', ';', '"', ' ', '\t', 'é', '\\', '\u00a0'), maxLength: 20 });

describe('splitRow', () => {
  it('should give the fields that csv-parse gives, where blanks mean something', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(',', ';', '\t'), (raw, delimiter) => {
        fc.pre(raw !== '');
        const parsed = () => parse(raw, { delimiter, relax_column_count: true, relax_quotes: true, record_delimiter: '\n' })[0];
        const fields = splitRow(raw, { delimiter, trim: false, backslash: false });
        if (fields) expect(fields).to.deep.equal(parsed());
        else expect(parsed).to.throw('Quote Not Closed');
      }),
      { numRuns: 2000 },
    );
  });

  for (const [raw, fields] of [
    ['a, b ,c', ['a', 'b', 'c']],
    [' "a, b" , "c ""d""" ', ['a, b', 'c "d"']],
    ['" a ",b', [' a ', 'b']],
    ['"a" b ,c', ['"a" b', 'c']],
    ['5" pipe , x', ['5" pipe', 'x']],
    [' , ,\t', ['', '', '']],
    ['a\u00a0,\u3000b', ['a', 'b']],
    ['', ['']],
    ['"a', undefined],
    ['a, "b', undefined],
  ] as const) {
    it(`should pass over blanks outside quotes: ${JSON.stringify(raw)}`, () => {
      expect(splitRow(raw, { delimiter: ',', trim: true, backslash: false })).to.deep.equal(fields);
    });
  }

  for (const [raw, fields] of [
    [String.raw`"a \"b\" \\",c`, [String.raw`a "b" ` + '\\', 'c']],
    [String.raw`C:\x,"y"`, [String.raw`C:\x`, 'y']],
    [String.raw`"a\"`, undefined],
    [String.raw`"a` + '\\', undefined],
  ] as const) {
    it(`should let a backslash within quotes stand before what stands for itself: ${raw}`, () => {
      expect(splitRow(raw, { delimiter: ',', trim: true, backslash: true })).to.deep.equal(fields);
    });
  }
});
