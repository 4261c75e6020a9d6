import { once } from 'node:events';
import { expect } from 'chai';
import { concat, from, NEVER, of, throwError } from 'rxjs';
import { fromBatches } from '../../src/rx/fromBatches.js';
import { readableOf } from '../../src/rx/readableOf.js';
import { eventually } from '../support/eventually.js';
import { somethingElse } from '../support/somethingElse.js';

describe('readableOf', () => {
  /** 1,000 batches of 100 texts, and how many have been made. */
  const counted = () => {
    const made = { count: 0, ended: false };
    const batches = async function* () {
      try {
        for (; made.count < 1000; made.count++) yield await Promise.resolve(Array.from({ length: 100 }, (_, i) => `${made.count}.${i}\n`));
      } finally {
        made.ended = true;
      }
    };
    return { made, batches };
  };

  it('should give all texts in their order, to its end', async () => {
    const { batches } = counted();
    let text = '';
    for await (const chunk of readableOf((ready) => fromBatches(batches(), ready))) text += String(chunk);
    const expected = Array.from({ length: 100_000 }, (_, i) => `${Math.floor(i / 100)}.${i % 100}\n`).join('');
    expect(text === expected).to.equal(true);
  });

  it('should have no more made than its reader takes, and nothing when that has gone', async () => {
    const { made, batches } = counted();
    const stream = readableOf((ready) => fromBatches(batches(), ready));
    await eventually(() => made.count > 0);
    for (let i = 0; i < 20; i++) await somethingElse();
    expect(made.count).to.be.lessThan(200);
    stream.destroy();
    await eventually(() => made.ended);
    expect(made.count).to.be.lessThan(200);
  });

  it('should end with the error of the texts, behind those before it', async () => {
    const failing = readableOf(() => concat(from(['a', 'b']), throwError(() => new Error('gone'))));
    const [error] = (await once(failing, 'error').catch((cause: unknown) => [cause])) as [Error];
    expect(error.message).to.equal('gone');
  });

  it('should be empty if there is no text, and leave what never ends when it is destroyed', async () => {
    let text = '';
    for await (const chunk of readableOf(() => of())) text += String(chunk);
    expect(text).to.equal('');
    const endless = readableOf(() => NEVER);
    endless.destroy();
    await once(endless, 'close');
  });
});
