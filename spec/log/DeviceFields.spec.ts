import { expect } from 'chai';
import fc from 'fast-check';
import { formatField } from '../../src/csv/formatRow.js';
import { DeviceIds } from '../../src/domain/DeviceIds.js';
import { DeviceFields } from '../../src/log/DeviceFields.js';
import { texts } from '../support/arbitraryFixes.js';

function expectAll(fields: DeviceFields, devices: DeviceIds): void {
  for (let device = 0; device < devices.count; device++) {
    expect(fields.memory.bytes.toString('utf8', fields.start(device), fields.ends[device])).to.equal(`${formatField(devices.id(device))},`);
  }
}

describe('DeviceFields', () => {
  it('should have the field of each device, of those that were met since too, with a comma', () => {
    const ids = fc.array(fc.oneof({ weight: 30, arbitrary: texts }, { weight: 1, arbitrary: fc.constant('é'.repeat(50_000)) }), {
      maxLength: 150,
    });
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 4 }), (rounds) => {
        const [fields, devices] = [new DeviceFields(), new DeviceIds()];
        for (const ids of rounds) {
          for (const id of ids) devices.numberOfText(id);
          fields.follow(devices);
          expectAll(fields, devices);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('should have three bytes behind the last that may be read', () => {
    for (let length = 1; length < 1100; length++) {
      const [fields, devices] = [new DeviceFields(), new DeviceIds()];
      devices.numberOfText('x'.repeat(length));
      fields.follow(devices);
      expect(fields.memory.bytes.length - fields.ends[0]!).to.be.at.least(3);
    }
  });

  it('should begin anew with the devices of another stream', () => {
    const fields = new DeviceFields();
    for (const ids of [['a', 'b', 'c'], ['b,b'], [], ['c', 'a']]) {
      const devices = new DeviceIds();
      for (const id of ids) devices.numberOfText(id);
      fields.follow(devices);
      expectAll(fields, devices);
    }
  });
});
