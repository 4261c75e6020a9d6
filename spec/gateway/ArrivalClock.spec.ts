import { expect } from 'chai';
import fc from 'fast-check';
import { ArrivalClock } from '../../src/gateway/ArrivalClock.js';
import { runs } from '../support/runs.js';

const START = Date.UTC(2021, 9, 23, 12, 30);

describe('ArrivalClock', () => {
  let wall: number;
  let steady: number;
  let clock: ArrivalClock;
  beforeEach(() => {
    [wall, steady] = [START, 5000];
    clock = new ArrivalClock({ wall: () => Math.floor(wall), steady: () => steady });
  });
  const pass = (millis: number) => {
    wall += millis;
    steady += millis;
  };

  it('should go by the wall clock, finer than that is read', () => {
    expect(clock.next()).to.equal(START * 1000);
    pass(1.25);
    expect(clock.next()).to.equal(START * 1000 + 1250);
    pass(3_600_000);
    expect(clock.next()).to.be.within(START * 1000 + 3_600_001_250, START * 1000 + 3_600_001_251);
  });

  it('should be later each time, also within a microsecond', () => {
    const times = Array.from({ length: 1000 }, () => clock.next());
    expect(times).to.deep.equal(times.map((_, i) => START * 1000 + i));
  });

  it('should follow the wall clock forward at once', () => {
    wall += 60_000;
    expect(clock.next()).to.equal((START + 60_000) * 1000);
    expect(clock.ahead).to.equal(0);
  });

  it('should go on, a tenth slower, when the wall clock is put back, until the two agree', () => {
    const before = clock.next();
    wall -= 10_000;
    expect(clock.next()).to.equal(before + 1);
    expect(clock.ahead).to.be.closeTo(10_000, 1);
    pass(1000);
    expect(clock.next()).to.be.closeTo(before + 900_000, 10);
    expect(clock.ahead).to.be.closeTo(9900, 1);
    for (let i = 0; i < 100; i++) {
      pass(1000);
      clock.next();
    }
    expect(clock.ahead).to.equal(0);
    expect(clock.next() / 1000).to.be.closeTo(wall, 3);
  });

  it('should never go back, nor be behind the wall clock, whatever that does', () => {
    const steps = fc.array(fc.tuple(fc.double({ min: 0, max: 5000, noNaN: true }), fc.double({ min: -1e7, max: 1e7, noNaN: true })));
    fc.assert(
      fc.property(steps, (all) => {
        [wall, steady] = [START, 5000];
        const clock = new ArrivalClock({ wall: () => Math.floor(wall), steady: () => steady });
        let last = clock.next();
        for (const [millis, step] of all) {
          pass(millis);
          wall += step;
          const next = clock.next();
          expect(next).to.be.above(last);
          expect(next).to.be.at.least(Math.floor(wall) * 1000);
          last = next;
        }
      }),
      runs(200),
    );
  });
});
