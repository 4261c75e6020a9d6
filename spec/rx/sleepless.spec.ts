import { expect } from 'chai';
import fc from 'fast-check';
import { sleepless } from '../../src/rx/sleepless.js';

/** Time that passes while the machine runs, or while it sleeps, in ms. */
type Passing = { readonly run: number } | { readonly sleep: number };

/** A machine with two clocks. After each reading of one, before the program has it, the next of `delays` passes. */
class Machine {
  ran = 1000;
  slept = 0;
  readonly #delays: Passing[];

  constructor(delays: readonly Passing[] = []) {
    this.#delays = [...delays];
  }

  get now(): number {
    return this.ran + this.slept;
  }

  pass(time: Passing): void {
    if ('run' in time) this.ran += time.run;
    else this.slept += time.sleep;
  }

  readonly ticking = () => this.#read(this.ran);
  readonly uptime = () => this.#read(this.now);

  #read(reading: number): number {
    this.pass(this.#delays.shift() ?? { run: 0 });
    return reading;
  }
}

/** By so many ms a sleep is taken for shorter than it was, since `uptime` comes in steps of as many. */
const COARSE = 10;

const run = fc.record({ run: fc.oneof(fc.nat(20), fc.nat(5000)) });
const sleep = fc.record({ sleep: fc.oneof(fc.nat(2000), fc.nat(1e8)) });
const passing: fc.Arbitrary<Passing> = fc.oneof({ weight: 4, arbitrary: run }, { weight: 1, arbitrary: sleep });

describe('sleepless', () => {
  it('should read what the ticking clock does while nobody sleeps', () => {
    const machine = new Machine();
    const clock = sleepless(machine.ticking, machine.uptime);
    for (const millis of [0, 0.25, 999, 1000, 3_600_000]) {
      machine.pass({ run: millis });
      expect(clock.now()).to.equal(machine.ran);
    }
    expect(clock.slept()).to.equal(0);
  });

  it('should notice a sleep once, within a second of waking, and count it from then on', () => {
    const machine = new Machine();
    const clock = sleepless(machine.ticking, machine.uptime);
    machine.pass({ run: 500 });
    machine.pass({ sleep: 8 * 3_600_000 });
    machine.pass({ run: 499 });
    expect(clock.now()).to.equal(1999);
    machine.pass({ run: 1 });
    for (let second = 0; second < 3; second++) {
      expect(clock.now()).to.equal(machine.now - COARSE);
      expect(clock.slept()).to.equal(8 * 3_600_000 - COARSE);
      machine.pass({ run: 1000 });
    }
  });

  it('should add up one sleep after the other', () => {
    const machine = new Machine();
    const clock = sleepless(machine.ticking, machine.uptime);
    for (const millis of [1000, 2000, 4000]) {
      machine.pass({ sleep: millis });
      machine.pass({ run: 1000 });
      clock.now();
    }
    expect(clock.slept()).to.equal(7000 - 3 * COARSE);
  });

  it('should take no less than a second for sleep, until it is one', () => {
    const machine = new Machine();
    const clock = sleepless(machine.ticking, machine.uptime);
    const slept = [600, 399, 1].map((millis) => {
      machine.pass({ sleep: millis });
      machine.pass({ run: 1000 });
      clock.now();
      return clock.slept();
    });
    expect(slept).to.deep.equal([0, 0, 1000 - COARSE]);
  });

  it('should not take for sleep what it was kept from running, between whichever readings', () => {
    fc.assert(
      fc.property(fc.array(run), fc.array(run), (delays, passings) => {
        const machine = new Machine(delays);
        const clock = sleepless(machine.ticking, machine.uptime);
        for (const time of passings) {
          machine.pass(time);
          clock.now();
          expect(clock.slept()).to.equal(0);
        }
      }),
    );
  });

  it('should not be ahead where `uptime` is coarse, however often the machine sleeps', () => {
    fc.assert(
      fc.property(fc.array(passing), (passings) => {
        const machine = new Machine();
        const clock = sleepless(machine.ticking, () => COARSE * Math.floor(machine.uptime() / COARSE));
        for (const time of passings) {
          machine.pass(time);
          expect(clock.now()).to.be.at.most(machine.now);
        }
      }),
    );
  });

  it('should never be ahead of the time that has passed, and never go back', () => {
    fc.assert(
      fc.property(fc.array(passing), fc.array(passing), (delays, passings) => {
        const machine = new Machine(delays);
        const clock = sleepless(machine.ticking, machine.uptime);
        let before = -Infinity;
        for (const time of passings) {
          machine.pass(time);
          const now = clock.now();
          expect(now).to.be.within(before, machine.now);
          expect(clock.slept()).to.be.at.most(machine.slept);
          before = now;
        }
      }),
    );
  });
});
