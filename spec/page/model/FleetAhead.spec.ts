import { expect } from 'chai';
import fc from 'fast-check';
import { formatInstant } from '../../../src/domain/instant.js';
import type { Clock } from '../../../src/page/api/served.js';
import { FleetAhead } from '../../../src/page/model/FleetAhead.js';
import { instantOf } from '../../../src/page/model/instantOf.js';
import { sighting } from '../../../src/page/model/Sighting.js';
import { fleetAt } from '../support/fleetServer.js';
import { served, time } from '../support/served.js';

const fixes = fc.array(
  fc
    .record({ device: fc.constantFrom('a', 'b', 'c', 'd'), event: fc.nat({ max: 50 }), delay: fc.nat({ max: 20 }) })
    .map(({ device, event, delay }) => served(device, event, event + delay)),
  { maxLength: 40 },
);

describe('FleetAhead', () => {
  it('should show each device at what a later fleet says as soon as that is so, and not before', () => {
    fc.assert(
      fc.property(fixes, fc.constantFrom<Clock>('arrival', 'event'), (all, by) => {
        const ahead = new FleetAhead(by);
        const timeOf = (fix: { readonly time: string; readonly event_time: string }) => (by === 'arrival' ? fix.time : fix.event_time);
        const loaded = [10, 40, 80].map((second) => fleetAt(all, time(second), by));
        ahead.load(instantOf(time(10)), loaded[0]!.map(sighting));
        ahead.load(instantOf(time(40)), loaded[1]!.map(sighting));
        ahead.load(instantOf(time(80)), loaded[2]!.map(sighting));
        for (let second = 10; second <= 80; second++) {
          const at = instantOf(time(second));
          for (const fix of ahead.advance(at)) expect(fix[by]).to.be.at.most(at);
          const expected = new Map<string, string>();
          for (const fleet of loaded) for (const fix of fleet) if (timeOf(fix) <= time(second)) expected.set(fix.device_id, fix.event_time);
          expect(new Map([...ahead.vehicles].map(([device, { latest }]) => [device, formatInstant(latest.event)]))).to.deep.equal(expected);
        }
      }),
    );
  });

  it('should give changes in their order', () => {
    const ahead = new FleetAhead('event');
    ahead.load(instantOf(time(10)), []);
    ahead.load(instantOf(time(90)), [served('a', 70), served('b', 30), served('c', 50)].map(sighting));
    expect(ahead.advance(instantOf(time(60))).map(({ device }) => device)).to.deep.equal(['b', 'c']);
    expect(ahead.advance(instantOf(time(80))).map(({ device }) => device)).to.deep.equal(['a']);
  });
});
