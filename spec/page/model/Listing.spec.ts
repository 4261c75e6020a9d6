import { expect } from 'chai';
import fc from 'fast-check';
import { Vehicle } from '../../../src/page/model/Fleet.js';
import { instantOf } from '../../../src/page/model/instantOf.js';
import { Listing, type Kind, type Order } from '../../../src/page/model/Listing.js';
import { sighting } from '../../../src/page/model/Sighting.js';
import { time } from '../support/served.js';

const NOW = 2000;
const rows = fc.uniqueArray(
  fc.record({
    device: fc.constantFrom('a1', 'a2', 'a10', 'B3', 'b20', 'c'),
    event: fc.integer({ min: 0, max: NOW }),
    delay: fc.nat({ max: 120 }),
    speed: fc.option(fc.nat({ max: 3 })),
    driver: fc.constantFrom('Ada', 'Bob'),
    away: fc.option(fc.integer({ min: 1, max: 9 })),
  }),
  { selector: ({ device }) => device },
);
type Row = (typeof rows extends fc.Arbitrary<infer T> ? T : never)[number];
const KINDS: Readonly<Record<Kind, (row: Row) => boolean>> = {
  all: () => true,
  moving: ({ speed, event }) => speed !== 0 && NOW - event < 600,
  standing: ({ speed }) => speed === 0,
  ageing: ({ event }) => NOW - event >= 60 && NOW - event < 600,
  old: ({ event }) => NOW - event >= 600,
  late: ({ delay }) => delay >= 60,
};
const VALUES: Readonly<Record<Exclude<Order, 'id'>, (row: Row) => number>> = {
  age: ({ event }) => NOW - event,
  speed: ({ speed }) => speed ?? -1,
  delay: ({ delay }) => delay,
  displacement: ({ away }) => away ?? -1,
};
const ID = ['a1', 'a2', 'a10', 'B3', 'b20', 'c'];

describe('Listing', () => {
  it('should have the devices that are wanted, in the order that is wanted', () => {
    const options = fc.record({
      wanted: fc.constantFrom('', ' A', 'b', 'ada', '0', 'nobody'),
      order: fc.constantFrom<Order>('id', 'age', 'speed', 'delay', 'displacement'),
      kind: fc.constantFrom<Kind>('all', 'moving', 'standing', 'ageing', 'old', 'late'),
    });
    fc.assert(
      fc.property(fc.array(rows, { minLength: 1, maxLength: 3 }), options, (fleets, { wanted, order, kind }) => {
        const listing = new Listing();
        for (const fleet of fleets) {
          const seen = ({ device, event, delay, speed, driver }: Row, lat = 0) =>
            sighting({ device_id: device, lat, lon: 0, time: time(event + delay), event_time: time(event), speed, driver } as Parameters<
              typeof sighting
            >[0]);
          const vehicles = new Map(fleet.map((row) => [row.device, new Vehicle(seen(row))]));
          const elsewhere = new Map(fleet.flatMap((row) => (row.away === null ? [] : [[row.device, seen(row, row.away)] as const])));
          const text = wanted.trim().toLowerCase();
          const expected = fleet
            .filter((row) => KINDS[kind](row) && [row.device, row.driver].some((name) => name.toLowerCase().includes(text)))
            .sort((a, b) => (order === 'id' ? 0 : VALUES[order](b) - VALUES[order](a)) || ID.indexOf(a.device) - ID.indexOf(b.device));
          expect(listing.of({ vehicles, elsewhere, at: instantOf(time(NOW)) }, { wanted, order, kind })).to.deep.equal(
            expected.map(({ device }) => device),
          );
        }
      }),
    );
  });
});
