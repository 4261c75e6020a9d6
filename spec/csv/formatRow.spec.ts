import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { formatField, formatRow } from '../../src/csv/formatRow.js';

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', '\r', 'é', ' ', '\t', ';', '\ufeff', '🛰'), maxLength: 8 }),
  fc.string({ unit: 'grapheme' }),
);

describe('formatRow', () => {
  const ROWS: readonly (readonly [fields: readonly string[], line: string])[] = [
    [['a', 'b'], 'a,b\n'],
    [['a'], 'a\n'],
    [['', '', ''], ',,\n'],
    [[' a', 'a ', '\t', "'", ';', 'é'], `" a","a ","\t",',;,é\n`],
    [['a,b', 'c'], '"a,b",c\n'],
    [['say "hi"', '"'], '"say ""hi""",""""\n'],
    [['one\ntwo', 'one\r\ntwo', '\r'], '"one\ntwo","one\r\ntwo","\r"\n'],
  ];
  for (const [fields, line] of ROWS) {
    it(`should write ${JSON.stringify(fields)} as ${JSON.stringify(line)}`, () => {
      expect(formatRow(fields)).to.equal(line);
    });
  }

  it('should write what csv-parse reads as the same fields', () => {
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 1 })), (rows) => {
        expect(parse(rows.map(formatRow).join(''), { record_delimiter: '\n', relax_column_count: true })).to.deep.equal(rows);
      }),
    );
  });

  it('should write what a file is read with as the same fields', () => {
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 1 })), (rows) => {
        const options = { record_delimiter: ['\r\n', '\n'], relax_column_count: true, relax_quotes: true };
        expect(parse(rows.map(formatRow).join(''), options)).to.deep.equal(rows);
      }),
    );
  });
});

describe('formatField', () => {
  it('should put in quotes only what needs them', () => {
    expect(['a', 'a b', '', ',', '"', '\n', '\r'].map(formatField)).to.deep.equal(['a', 'a b', '', '","', '""""', '"\n"', '"\r"']);
    expect([' a', 'a\u00a0', ' '].map(formatField)).to.deep.equal(['" a"', '"a\u00a0"', '" "']); // a recording is read without them
  });
});
