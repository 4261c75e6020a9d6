import { expect } from 'chai';
import fc from 'fast-check';
import { TestScheduler } from 'rxjs/testing';
import { formatInstant, type Instant } from '../../../src/domain/instant.js';
import type { Clock, ServedFix } from '../../../src/page/api/served.js';
import { instantOf } from '../../../src/page/model/instantOf.js';
import { sighting, type Sighting } from '../../../src/page/model/Sighting.js';
import { playFleet } from '../../../src/page/model/playFleet.js';
import { changesIn, fleetAt, fleetServer } from '../support/fleetServer.js';
import { served, time } from '../support/served.js';

const START = instantOf(time(10));
const END = instantOf(time(20));
const FRAME = 16; // ms

interface Shown {
  readonly at: Instant;
  readonly frame: number;
  readonly fleet: Readonly<Record<string, Instant>>;
  readonly elsewhere: readonly string[];
  readonly still: boolean | undefined;
  readonly late: readonly string[];
}

/** What is shown in each frame, `seconds` long. */
function shown(
  fixes: readonly ServedFix[],
  { by = 'arrival' as Clock, rate = () => 2, seconds = 12, after = undefined as number | undefined, limit = 100 },
) {
  const server = fleetServer(fixes, after);
  const pictures: Shown[] = [];
  let isOver = false;
  const scheduler = new TestScheduler(() => undefined);
  scheduler.run(({ animate, flush }) => {
    animate(Array.from({ length: Math.ceil((seconds * 1000) / FRAME) }, () => 'x').join(` ${FRAME - 1}ms `));
    playFleet(START, { by, rate: () => rate(), end: () => END, limit, ...server }).subscribe({
      next: ({ at, vehicles, elsewhere, still, late }) => {
        const fleet = Object.fromEntries([...vehicles].map(([device, { latest }]) => [device, latest.event]));
        pictures.push({ at, frame: scheduler.now(), fleet, elsewhere: [...elsewhere.keys()].sort(), still, late: late.map(named) });
      },
      complete: () => {
        isOver = true;
      },
    });
    flush();
  });
  return { pictures, isOver, asked: server.asked };
}

/** Fixes at any ms, so that several come between two frames, and within a step. */
const fixes = fc.array(
  fc
    .record({ device: fc.constantFrom('a', 'b', 'c'), event: fc.nat({ max: 20_000 }), delay: fc.oneof(fc.nat({ max: 8000 }), fc.constant(0)) })
    .map(({ device, event, delay }) => served(device, event / 1000, (event + delay) / 1000)),
  { maxLength: 60 },
);
const named = ({ device, event, arrival }: Sighting) => `${device} ${event} ${arrival}`;

describe('playFleet', () => {
  it('should show in each frame what was known then, by either clock, and where the other differs', () => {
    fc.assert(
      fc.property(fixes, fc.constantFrom<Clock>('arrival', 'event'), (all, by) => {
        const { pictures, isOver } = shown(all, { by });
        expect(isOver).to.equal(true);
        for (const { at, fleet, elsewhere } of pictures) {
          const [own, other] = [by, by === 'arrival' ? 'event' : 'arrival'].map((clock) =>
            Object.fromEntries(fleetAt(all, formatInstant(at), clock as Clock).map((fix) => [fix.device_id, instantOf(fix.event_time)])),
          );
          expect(fleet).to.deep.equal(own);
          const devices = [...new Set([...Object.keys(own!), ...Object.keys(other!)])];
          expect(elsewhere).to.deep.equal(devices.filter((device) => own![device] !== other![device]).sort());
        }
      }),
      { numRuns: 25 },
    );
  });

  it('should give every late fix once, at the moment at which it arrived, and by event time none', () => {
    fc.assert(
      fc.property(fixes, fc.constantFrom(1, 2, 20), (all, rate) => {
        const { pictures } = shown(all, { rate: () => rate, seconds: 16 });
        const { late } = changesIn(all, { from: time(10.001), to: time(20), by: 'arrival' });
        const unseen = late.map(sighting);
        for (const { at, late } of pictures) {
          const due = unseen.filter(({ arrival }) => arrival <= at && arrival > START);
          expect(late.toSorted()).to.deep.equal(due.map(named).sort());
          for (const one of due) unseen.splice(unseen.indexOf(one), 1);
        }
        expect(unseen.filter(({ arrival }) => arrival > START)).to.deep.equal([]);
        expect(shown(all, { by: 'event' }).pictures.flatMap(({ late }) => late)).to.deep.equal([]);
      }),
      { numRuns: 15 },
    );
  });

  it('should show fleets in place of fixes that are too many, exact where one was asked for', () => {
    const all = Array.from({ length: 200 }, (_, i) => served('a', 10 + i / 20));
    const { pictures, isOver, asked } = shown(all, { limit: 4 });
    expect(isOver).to.equal(true);
    const moments = new Set(asked.map(instantOf));
    const exact = pictures.filter(({ at }) => moments.has(at));
    for (const { at, fleet } of pictures)
      expect(fleet['a']! <= at && (fleet['a']! > at - 1e6)).to.equal(true);
    expect(exact).not.to.be.empty;
    for (const { at, fleet } of exact) expect(fleet['a']).to.equal(instantOf(fleetAt(all, formatInstant(at), 'arrival')[0]!.event_time));
    expect(new Set(pictures.map(({ fleet }) => fleet['a'])).size).to.be.below(150); // some are passed over
  });

  it('should say where a picture is but of another moment than the one before', () => {
    const { pictures } = shown([served('a', 12), served('b', 13, 16)], {});
    const seen = pictures.map(({ fleet, elsewhere }) => JSON.stringify([fleet, elsewhere]));
    const changed = seen.map((picture, i) => picture !== (seen[i - 1] ?? '[{},[]]'));
    expect(pictures.map(({ still }) => !still)).to.deep.equal(changed);
    expect(changed.filter(Boolean)).to.have.length(3); // a for both clocks, b for one, b for the other
  });

  it('should go on at the rate in each frame, also when that changes, and end at the end', () => {
    let asked = 0;
    const { pictures, isOver } = shown([served('a', 1)], { rate: () => (asked++ < 300 ? 1 : 5) });
    const rates = pictures.slice(1, -1).map(({ at, frame }, i) => (at - pictures[i]!.at) / 1000 / (frame - pictures[i]!.frame));
    expect([...new Set(rates)]).to.deep.equal([1, 5]);
    expect(pictures.at(-1)!.at).to.equal(END);
    expect(isOver).to.equal(true);
  });

  it('should wait for answers that come too late, and then take longer steps', () => {
    const { pictures, isOver, asked } = shown([served('a', 1), served('a', 15)], { rate: () => 1, after: 400, seconds: 20 });
    expect(isOver).to.equal(true);
    expect(pictures[0]!.frame).to.be.at.least(1200); // three questions
    const still = pictures.slice(1).filter(({ at }, i) => at === pictures[i]!.at);
    expect(still).not.to.be.empty;
    expect(asked.length).to.be.at.most(3 + (2 * 10_000) / 1200 + 4);
  });
});
