import { expect } from 'chai';
import { Sequence } from '../../src/log/Sequence.js';
import { failureOf } from '../support/failureOf.js';

describe('Sequence', () => {
  it('should do one work after the other, and say when all are over', async () => {
    const [works, told] = [new Sequence(), [] as string[]];
    const work = (name: string) => async () => {
      told.push(`${name} begins`);
      await Promise.resolve();
      told.push(`${name} ends`);
      return name;
    };
    const done = [works.run(work('a')), works.run(work('b'))];
    expect(await works.ended()).to.equal(true);
    expect(told).to.deep.equal(['a begins', 'a ends', 'b begins', 'b ends']);
    expect(await Promise.all(done)).to.deep.equal(['a', 'b']);
  });

  it('should do no more when one has failed, and say why', async () => {
    const [works, error] = [new Sequence(), new Error('the disk is full')];
    let begun = false;
    const failed = failureOf(works.run(() => Promise.reject(error)));
    const next = failureOf(works.run(() => Promise.resolve((begun = true))));
    expect([await failed, await next, await works.ended(), begun]).to.deep.equal([error, error, false, false]);
    expect(await failureOf(works.run(() => Promise.resolve((begun = true))))).to.equal(error);
    expect(begun).to.equal(false);
  });
});
