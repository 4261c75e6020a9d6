import { expect } from 'chai';
import { freshness } from '../../../src/page/model/freshness.js';

describe('freshness', () => {
  it('should be fresh under a minute, ageing under ten, and old from there on', () => {
    for (const [seconds, name] of [
      [-5, 'fresh'],
      [0, 'fresh'],
      [59.999999, 'fresh'],
      [60, 'ageing'],
      [599.999999, 'ageing'],
      [600, 'old'],
      [1e9, 'old'],
    ] as const)
      expect(freshness(0, Math.round(seconds * 1e6)), `${seconds} s`).to.equal(name);
  });
});
