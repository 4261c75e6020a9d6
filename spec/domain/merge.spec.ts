import { expect } from 'chai';
import fc from 'fast-check';
import { merge, type Ordered } from '../../src/domain/merge.js';

interface Item {
  readonly key: number;
  /** What orders those of one key. */
  readonly second: number;
}

const compare = (a: Item, b: Item) => a.key - b.key || a.second - b.second;

/** Sources of items in order; each may be said to begin earlier than it does. */
const arbitrarySources = fc
  .array(fc.tuple(fc.array(fc.nat(9), { maxLength: 8 }), fc.nat(3)), { maxLength: 6 })
  .map((sources) => sources.map(([keys, early], source) => ({
    items: keys.map((key, i) => ({ key, second: source * 100 + i })).sort(compare),
    min: Math.min(...keys, 9) - early,
  })));

const ordered = (
  { items, min }: { readonly items: readonly Item[]; readonly min: number },
  begun = () => undefined as unknown,
): Ordered<Item> => ({
  min,
  items: function* () {
    begun();
    yield* items;
  },
});

describe('merge', () => {
  it('should give all items of any sources in order', () => {
    fc.assert(
      fc.property(arbitrarySources, (sources) => {
        const merged = [...merge(sources.map((source) => ordered(source)), ({ key }) => key, compare)];
        expect(merged).to.deep.equal(sources.flatMap(({ items }) => items).sort(compare));
      }),
      { numRuns: 500 },
    );
  });

  it('should begin no source before its first item may be the next', () => {
    fc.assert(
      fc.property(arbitrarySources, (sources) => {
        let needed = -Infinity;
        const items = merge(
          sources.map((source) => ordered(source, () => { expect(source.min).to.be.at.most(needed); })),
          ({ key }) => key,
          compare,
        );
        const all = sources.flatMap(({ items }) => items).sort(compare);
        for (const item of all) {
          needed = item.key;
          expect(items.next().value).to.equal(item);
        }
      }),
    );
  });

  it('should give nothing of no sources', () => {
    expect([...merge<Item>([], ({ key }) => key, compare)]).to.deep.equal([]);
  });

  it('should pass on what a source throws', () => {
    const broken = { min: 0, items: () => { throw new Error('broken'); } };
    expect(() => [...merge<Item>([broken], ({ key }) => key, compare)]).to.throw('broken');
  });
});
