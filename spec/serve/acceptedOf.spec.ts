import { expect } from 'chai';
import { acceptedOf } from '../../src/serve/acceptedOf.js';

const TYPES = ['application/json', 'text/csv', 'application/geo+json'] as const;

describe('acceptedOf', () => {
  for (const [accept, wanted] of [
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['text/csv', 'text/csv'],
    ['TEXT/CSV; header=present', 'text/csv'],
    ['text/*', 'text/csv'],
    ['application/json;q=0.1, text/csv;q=0.2', 'text/csv'],
    ['text/csv;q=0.5, application/geo+json;q=0.5', 'text/csv'],
    ['*/*, application/json;q=0', 'text/csv'],
    ['*/*;q=0.9, application/*;q=0.1', 'text/csv'],
    ['application/json;q=0, application/*;q=0.5, */*;q=0.1', 'application/geo+json'],
    ['text/csv ; q=0.001', 'text/csv'],
    ['text/csv;q=0', undefined],
    ['text/csv;q=0.000', undefined],
    ['image/png, text/html', undefined],
  ] as const) {
    it(`should take ${wanted ?? 'nothing'} for ${accept === undefined ? 'no header' : JSON.stringify(accept)}`, () => {
      expect(acceptedOf(accept, TYPES)).to.equal(wanted);
    });
  }
});
