import { expect } from 'chai';
import { NEVER } from 'rxjs';
import { earlyReaderOr } from '../../../src/page/api/earlyReader.js';
import { FakeReader } from '../support/FakeReader.js';

describe('earlyReaderOr', () => {
  const reader = () => new FakeReader({ event$: NEVER, fleet: () => NEVER, changes: () => NEVER, land$: NEVER });
  const [early, other] = [reader(), reader()];

  beforeEach(() => {
    globalThis.earlyReader = undefined;
  });

  it('should take the reader that was started early, once, and then start others', () => {
    globalThis.earlyReader = { worker: early, hasFailed: false };
    expect([1, 2, 3].map(() => earlyReaderOr(() => other) === early)).to.deep.equal([true, false, false]);
  });

  it('should start one where none was started early, and say so to what would', () => {
    expect(earlyReaderOr(() => other)).to.equal(other);
    expect(globalThis.earlyReader).to.equal(null);
  });

  it('should throw if the early one has failed, and start another the next time', () => {
    globalThis.earlyReader = { worker: early, hasFailed: true };
    expect(() => earlyReaderOr(() => other)).to.throw('cannot be loaded');
    expect(earlyReaderOr(() => other)).to.equal(other);
  });
});
