import { expect } from 'chai';
import { shown } from '../../src/domain/shown.js';

describe('shown', () => {
  it('should quote a value', () => {
    expect(shown('a "b"')).to.equal('"a \\"b\\""');
  });

  it('should escape every control character, which a terminal might obey', () => {
    expect(shown('\u0000\n\u001b[31m\u007f\u009b')).to.equal('"\\u0000\\n\\u001b[31m\\u007f\\u009b"');
  });

  it('should cut what is longer than 80 characters', () => {
    expect(shown('x'.repeat(80))).to.equal(`"${'x'.repeat(80)}"`);
    expect(shown('x'.repeat(81))).to.equal(`"${'x'.repeat(80)}…"`);
  });
});
