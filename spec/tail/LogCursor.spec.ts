import { expect } from 'chai';
import fc from 'fast-check';
import { endOf, formatCursor, parseCursor } from '../../src/tail/LogCursor.js';

const cursor = fc.record({
  changes: fc.nat({ max: 999_999_999_999_999 }),
  late: fc.nat({ max: 999_999_999_999_999 }),
  run: fc.stringMatching(/^[0-9a-z.]{1,32}$/),
  content: fc.nat({ max: 2 ** 32 - 1 }),
});

describe('a cursor in a log', () => {
  it('should be read as it was written', () => {
    fc.assert(fc.property(cursor, (cursor) => { expect(parseCursor(formatCursor(cursor))).to.deep.equal(cursor); }));
  });

  it('should stay what it is from version to version, since clients keep it', () => {
    expect(formatCursor({ changes: 1200, late: 34, run: '0123456789abcdef', content: 35 })).to.equal('1200-34-0123456789abcdef-z');
    expect(parseCursor('1200-34-0123456789abcdef')).to.deep.include({ changes: 1200, late: 34 }); // of an earlier version
    for (const text of ['', '1', '1-2', '1-2-', '-1-2-a-0', '1-2-A-0', '1-2-a-0 ', '1-2-a-0\n', `${'1'.repeat(16)}-0-a-0`])
      expect(parseCursor(text), text).to.equal(undefined);
  });

  it('should differ for other bytes before it, in either file', () => {
    const end = (changes: string, late?: string) =>
      endOf({ run: 'a', places: [changes, ...(late === undefined ? [] : [late])].map((text) => ({ to: 9, before: Buffer.from(text) })) });
    expect(new Set([end('x'), end('y'), end('x', 'x'), end('x', 'y'), end('y', 'x')])).to.have.property('size', 5);
  });
});
