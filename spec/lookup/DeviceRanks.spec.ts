import { expect } from 'chai';
import fc from 'fast-check';
import { DeviceIds } from '../../src/domain/DeviceIds.js';
import { DeviceRanks } from '../../src/lookup/DeviceRanks.js';
import { HASH_BYTES, hashOf } from '../../src/lookup/hashOf.js';

describe('DeviceRanks', () => {
  it('should order all devices by their hashes, also those that come later', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.oneof(fc.nat(3000).map(String), fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 40 }), {
          maxLength: 6,
        }),
        (all) => {
          const [ranks, devices] = [new DeviceRanks(), new DeviceIds()];
          for (const ids of all) {
            for (const id of ids) devices.numberOfText(id);
            ranks.follow(devices);
            const hashes = Array.from({ length: devices.count }, (_, number) => hashOf(devices.id(number)));
            expect([...ranks.order()].map((number) => hashes[number])).to.deep.equal(hashes.toSorted());
            const words = ranks.hashes();
            const bytes = Buffer.from(words.buffer, words.byteOffset, words.byteLength).toString('latin1');
            expect(hashes.map((_, number) => bytes.slice(number * HASH_BYTES, (number + 1) * HASH_BYTES))).to.deep.equal(hashes);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('should make the order once for all who ask, until devices come', () => {
    const [ranks, devices] = [new DeviceRanks(), new DeviceIds()];
    devices.numberOfText('a');
    ranks.follow(devices);
    const order = ranks.order();
    expect(ranks.order()).to.equal(order);
    devices.numberOfText('b');
    expect(ranks.order()).not.to.equal(order);
  });

  it('should have none before there are rows', () => {
    expect([...new DeviceRanks().order()]).to.deep.equal([]);
  });
});
