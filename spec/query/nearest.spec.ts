import { expect } from 'chai';
import fc from 'fast-check';
import { finish } from '../../src/domain/finish.js';
import { nearest } from '../../src/query/nearest.js';

/** How many letters to change, add or leave out, by trying all. */
function slowChanges(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [c, d] = [a.slice(1), b.slice(1)];
  return Math.min(slowChanges(c, d) + Number(!b.startsWith(a.charAt(0))), slowChanges(a, d) + 1, slowChanges(c, b) + 1);
}

const near = (...asked: Parameters<typeof nearest>) => finish(nearest(...asked));

describe('nearest', () => {
  it('should give those that are spelled most alike, the nearest first', () => {
    expect(near('25029', ['25092', '2502', '25029', '7', '35029'], 3)).to.deep.equal(['25029', '2502', '35029']);
  });

  it('should give those that are equally near by their texts', () => {
    expect(near('b', ['c', 'a', 'd'], 2)).to.deep.equal(['a', 'c']);
  });

  it('should give no more than there are, and none of none', () => {
    expect(near('x', new Set(['y']), 5)).to.deep.equal(['y']);
    expect(near('x', [], 5)).to.deep.equal([]);
    expect(near('x', ['y'], 0)).to.deep.equal([]);
  });

  it('should find what trying all changes finds', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '7'), maxLength: 4 });
    fc.assert(
      fc.property(word, fc.uniqueArray(word, { maxLength: 8 }), fc.nat({ max: 8 }), (name, names, most) => {
        const expected = names
          .map((other) => [slowChanges(name, other), other] as const)
          .sort(([a, one], [b, other]) => a - b || (one < other ? -1 : 1));
        expect(near(name, names, most)).to.deep.equal(expected.slice(0, most).map(([, other]) => other));
      }),
    );
  });

  it('should leave the names as they are', () => {
    const names = Object.freeze(['b', 'a']);
    near('a', names, 1);
    expect(names).to.deep.equal(['b', 'a']);
  });
});
