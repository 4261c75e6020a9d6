import { expect } from 'chai';
import fc from 'fast-check';
import { Fleet } from '../../../src/page/model/Fleet.js';
import { sighting, type Sighting } from '../../../src/page/model/Sighting.js';

const at = (second: number) => new Date(Date.UTC(2021, 9, 23, 12) + second * 1000).toISOString().replace('Z', '000Z');
const seen = (device: string, event: number, lat = event / 1000, lon = 76): Sighting =>
  sighting({ time: at(event + 1), device_id: device, lat, lon, speed: 3, event_time: at(event) });
const sightings = fc.array(
  fc.record({ device: fc.constantFrom('a', 'b', 'c'), event: fc.nat({ max: 40 }) }).map(({ device, event }) => seen(device, event)),
  { maxLength: 60 },
);
const newest = (all: readonly Sighting[], device: string) =>
  all.filter((fix) => fix.device === device).reduce((most, { event }) => Math.max(most, event), -Infinity);

describe('Fleet', () => {
  it('should hold the newest fix of each device by its event time, in whatever order they come', () => {
    fc.assert(fc.property(sightings, (all) => {
      const fleet = new Fleet();
      const taken = all.map((fix) => fleet.take(fix));
      expect([...fleet.vehicles.keys()].sort()).to.deep.equal([...new Set(all.map(({ device }) => device))].sort());
      for (const [device, { latest }] of fleet.vehicles) expect(latest.event).to.equal(newest(all, device));
      expect(taken).to.deep.equal(all.map((fix, i) => fix.event > newest(all.slice(0, i), fix.device)));
    }));
  });

  it('should keep the trail in the order of event times, each once, ten at most, the latest at its end', () => {
    fc.assert(fc.property(sightings, (all) => {
      const fleet = new Fleet();
      for (const fix of all) fleet.take(fix);
      for (const { trail, latest } of fleet.vehicles.values()) {
        const events = trail.map(({ event }) => event);
        expect(events).to.deep.equal([...new Set(events)].sort((a, b) => a - b));
        expect(events.length).to.be.within(1, 10);
        expect(trail.at(-1)).to.equal(latest);
      }
    }));
  });

  it('should head where the device went, and nowhere while it stands', () => {
    const fleet = new Fleet();
    for (const fix of [seen('north', 1, 20), seen('north', 2, 20.1), seen('still', 1, 20), seen('still', 2, 20)]) fleet.take(fix);
    for (const fix of [
      seen('over the date line', 1, 0, 179.99),
      seen('over the date line', 2, 0, -179.99),
      seen('back', 1, 0, -179.99),
      seen('back', 2, 0, 179.99),
    ])
      fleet.take(fix);
    expect(fleet.vehicles.get('over the date line')!.course).to.equal(Math.PI / 2);
    expect(fleet.vehicles.get('back')!.course).to.equal(-Math.PI / 2);
    expect(fleet.vehicles.get('north')!.course).to.equal(0);
    expect(fleet.vehicles.get('still')!.course).to.equal(undefined);
  });
});
