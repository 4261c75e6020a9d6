import { expect } from 'chai';
import fc from 'fast-check';
import { Differences } from '../../../src/page/model/Differences.js';
import { displacement } from '../../../src/page/model/displacement.js';
import { Fleet } from '../../../src/page/model/Fleet.js';
import { sighting } from '../../../src/page/model/Sighting.js';
import { served } from '../support/served.js';

const fix = fc.record({
  device: fc.constantFrom('a', 'b', 'c'),
  event: fc.nat({ max: 5 }),
  lat: fc.constantFrom(1, 2),
  isOwn: fc.boolean(),
});

describe('Differences', () => {
  it('should have the devices of which two fleets hold other fixes, and those that are displaced, however these come', () => {
    fc.assert(
      fc.property(fc.array(fix), (fixes) => {
        const [own, other] = [new Fleet(), new Fleet()];
        const differences = new Differences(own.vehicles, other.vehicles);
        for (const { device, event, lat, isOwn } of fixes) {
          const taken = sighting({ ...served(device, event), lat });
          (isOwn ? own : other).take(taken);
          differences.update([taken]);
        }
        const newest = (device: string, isOf: boolean) =>
          fixes.filter((one) => one.device === device && one.isOwn === isOf).reduce((most, { event }) => Math.max(most, event), -1);
        const expected = ['a', 'b', 'c'].filter((device) => newest(device, true) !== newest(device, false));
        expect([...differences.elsewhere.keys()].sort()).to.deep.equal(expected);
        for (const [device, there] of differences.elsewhere) expect(there).to.equal(other.vehicles.get(device)?.latest);
        const displaced = expected.filter((device) => displacement(own.vehicles.get(device)?.latest, other.vehicles.get(device)?.latest));
        expect([...differences.displaced.keys()].sort()).to.deep.equal(displaced);
        for (const [device, { here, there }] of differences.displaced)
          expect([here, there]).to.deep.equal([own.vehicles.get(device)?.latest, other.vehicles.get(device)?.latest]);
      }),
    );
  });
});
