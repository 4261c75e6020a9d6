import { expect } from 'chai';
import fc from 'fast-check';
import { formatRow } from '../../src/csv/formatRow.js';
import { formatInstant } from '../../src/domain/instant.js';
import { LineBuffer } from '../../src/log/LineBuffer.js';

describe('LineBuffer', () => {
  it('should put together the bytes of any lines, and say where each ends', () => {
    const instant = fc.oneof(fc.integer({ min: -9_007_199_254_740_991, max: 9_007_199_254_740_991 }), fc.integer({ min: 0, max: 3 }).map((micros) => 1_634_992_203_000_000 + micros));
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '26.758323669433594', 'a,b', '"', 'é', 'x'.repeat(64), 'x'.repeat(65), `${'x'.repeat(70)}é`));
    const used = new LineBuffer();
    fc.assert(
      fc.property(fc.array(fc.array(fc.oneof(instant, text), { minLength: 1 })), (rows) => {
        const lines = used.clear();
        const texts = rows.map((fields) => {
          for (const field of fields) {
            if (typeof field === 'number') lines.instant(field);
            else lines.field(field);
          }
          lines.end();
          return formatRow(fields.map((field) => (typeof field === 'number' ? formatInstant(field) : field)));
        });
        expect(lines.bytes.toString()).to.equal(texts.join(''));
        expect(lines.ends).to.deep.equal(texts.map((_, i) => Buffer.byteLength(texts.slice(0, i + 1).join(''))));
      }),
      { numRuns: 300 },
    );
  });

  it('should take several fields as they are', () => {
    const lines = new LineBuffer();
    lines.written('1,2,3').written('').written('é"');
    lines.end();
    expect(lines.bytes.toString()).to.equal('1,2,3,,é"\n');
  });
});
