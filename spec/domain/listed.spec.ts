import { expect } from 'chai';
import { listed } from '../../src/domain/listed.js';

describe('listed', () => {
  it('should tell all of few names, and how many more of many', () => {
    expect(listed([])).to.equal('');
    expect(listed(['a'])).to.equal('a');
    expect(listed(['a', 'b', 'c', 'd'])).to.equal('a, b, c, d');
    expect(listed(['a', 'b', 'c', 'd', 'e'])).to.equal('a, b, c, d and 1 more');
    expect(listed(Array.from({ length: 2000 }, (_, i) => String(i)), 1)).to.equal('0 and 1,999 more');
  });
});
