import { expect } from 'chai';
import fc from 'fast-check';
import { sharedOut, type LeasedPartition } from '../../src/worker/sharedOut.js';
import { runs } from '../support/runs.js';

const arbitraryPartitions = fc
  .array(fc.record({ worker: fc.constantFrom(null, 'a', 'b', 'c'), leased: fc.boolean() }), { minLength: 1, maxLength: 20 })
  .map((all) => all.map((one, partition): LeasedPartition => ({ ...one, partition })));

describe('sharedOut', () => {
  it('should take what nobody has, or whose worker is not heard of, up to the share', () => {
    const partitions = [
      { partition: 0, worker: 'a', leased: true },
      { partition: 1, worker: 'b', leased: true },
      { partition: 2, worker: 'b', leased: false },
      { partition: 3, worker: null, leased: false },
    ];
    expect(sharedOut(partitions, 'a', 1)).to.deep.equal({ take: [2, 3], letGo: [] });
    expect(sharedOut(partitions, 'a', 2).take).to.have.length(1);
    expect(sharedOut(partitions, 'a', 4)).to.deep.equal({ take: [], letGo: [] });
  });

  it('should let go of what is above the share', () => {
    const partitions = [0, 1, 2, 3, 4].map((partition) => ({ partition, worker: 'a', leased: true }));
    expect(sharedOut(partitions, 'a', 2)).to.deep.equal({ take: [], letGo: [3, 4] });
  });

  it('should take nothing that another has, and let go of nothing but its own', () => {
    fc.assert(
      fc.property(arbitraryPartitions, fc.integer({ min: 1, max: 30 }), (partitions, living) => {
        const { take, letGo } = sharedOut(partitions, 'a', living);
        for (const at of take) expect(partitions[at]!.worker === null || (!partitions[at]!.leased && partitions[at]!.worker !== 'a')).to.equal(true);
        for (const at of letGo) expect(partitions[at]!.worker).to.equal('a');
        const after = partitions.filter(({ worker }) => worker === 'a').length + take.length - letGo.length;
        expect(after).to.be.at.most(Math.ceil(partitions.length / living));
      }),
      runs(300),
    );
  });

  it('should have every partition read by those who live, each its share, whoever had them before', () => {
    fc.assert(
      fc.property(arbitraryPartitions, fc.shuffledSubarray(['a', 'b', 'c'], { minLength: 1 }), (before, living) => {
        let partitions = before.map((one) => ({ ...one, leased: living.includes(one.worker ?? '') }));
        for (let round = 0; round < 3; round++) {
          for (const own of living) {
            const { take, letGo } = sharedOut(partitions, own, living.length);
            partitions = partitions.map((one) => {
              if (take.includes(one.partition)) return { ...one, worker: own, leased: true };
              return letGo.includes(one.partition) ? { ...one, worker: null, leased: false } : one;
            });
          }
        }
        for (const { worker } of partitions) expect(living).to.include(worker);
        const share = Math.ceil(partitions.length / living.length);
        for (const own of living) expect(partitions.filter(({ worker }) => worker === own).length).to.be.at.most(share);
      }),
      runs(300),
    );
  });
});
