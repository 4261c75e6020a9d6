import { expect } from 'chai';
import fc from 'fast-check';
import { truncate } from '../../../src/cli/text/truncate.js';
import { widthOf } from '../../../src/cli/text/widthOf.js';

describe('truncate', () => {
  it('should leave a text as it is if there is room for it, and show that it was cut if not', () => {
    expect(truncate('12345', 5)).to.equal('12345');
    expect(truncate('123456', 5)).to.equal('1234…');
  });

  it('should count the columns of a terminal, not characters', () => {
    expect(truncate('車両一号', 8)).to.equal('車両一号');
    expect(truncate('車両一号', 7)).to.equal('車両一…');
    expect(truncate('e\u0301e\u0301e\u0301', 3)).to.equal('e\u0301e\u0301e\u0301');
  });

  it('should never take more room than there is, or leave half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, most) => {
        const shown = truncate(text, most);
        expect(widthOf(shown)).to.be.at.most(most);
        expect(Buffer.from(shown).toString()).to.equal(shown);
      }),
    );
  });
});
