import { expect } from 'chai';
import fc from 'fast-check';
import { escapedLevel } from '../../../src/send/mqtt/escapedLevel.js';

describe('escapedLevel', () => {
  it('should leave usual ids as they are', () => {
    for (const id of ['8250', 'bus 7', 'नाम', '\u{1f600}', 'a.b:c$d']) expect(escapedLevel(id)).to.equal(id);
  });

  it('should encode what a topic gives a meaning, and nothing else', () => {
    expect(escapedLevel('a/b+c#d%e\0f')).to.equal('a%2Fb%2Bc%23d%25e%00f');
  });

  it('should be one level without wildcards that no broker refuses, and be decoded to what it was, whatever that is', () => {
    const special = fc.constantFrom('/', '+', '#', '%', '\0', '%2F', '\u{1ffff}', '\u007f');
    const texts = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), special), { maxLength: 8 }).map((all) => all.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const level = escapedLevel(text);
        expect(level).not.to.match(/[/+#]|\p{Cc}|\p{Noncharacter_Code_Point}/u);
        expect(decodeURIComponent(level)).to.equal(text);
      }),
      { numRuns: 500 },
    );
  });
});
