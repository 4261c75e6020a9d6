import { expect } from 'chai';
import { walkedTo } from '../../../src/page/view/walkedTo.js';

describe('walkedTo', () => {
  const list = { rows: 10, page: 4 };
  const ways: readonly (readonly [key: string, from: number, to: number])[] = [
    ['ArrowDown', 3, 4],
    ['ArrowDown', 9, 9],
    ['ArrowDown', -1, 0],
    ['ArrowUp', 3, 2],
    ['ArrowUp', 0, 0],
    ['ArrowUp', -1, 0],
    ['Home', 5, 0],
    ['End', 5, 9],
    ['PageDown', 3, 7],
    ['PageDown', 8, 9],
    ['PageUp', 5, 1],
    ['PageUp', -1, 0],
  ];
  for (const [key, from, to] of ways)
    it(`should lead from row ${from} to row ${to} by ${key}`, () => { expect(walkedTo(key, from, list)).to.equal(to); });

  it('should go a row at least where not even one is in sight', () => {
    expect(walkedTo('PageDown', 3, { rows: 10, page: -1 })).to.equal(4);
  });

  it('should lead nowhere by other keys, or where there is no row', () => {
    expect(walkedTo('a', 3, list)).to.equal(undefined);
    expect(walkedTo('toString', 3, list)).to.equal(undefined);
    expect(walkedTo('End', -1, { rows: 0, page: 4 })).to.equal(undefined);
  });
});
