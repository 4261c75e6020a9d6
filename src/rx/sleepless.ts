/** The least that counts as sleep, and how often it is looked for, in ms. */
const SECOND = 1000;
/** By how many ms `uptime` may lag behind, being told in steps: 10 on Linux. */
const STEP = 10;

/** A clock in ms, and how much of it the machine has slept. */
export interface Sleepless {
  now(): number;
  /** ms, as far as it was noticed: looked for once a second of `ticking`. */
  slept(): number;
}

/**
 * A clock that goes on while the machine sleeps, made of one that stands still meanwhile and is fine, and one
 * that does not and is coarse. Neither is the time of day, so a change of that does not move it.
 *
 *     ticking   1  2  3  4               5  6  7
 *     uptime    1  2  3  4  .sleep (10). 15 16 17
 *     now       1  2  3  4               15 16 17
 *
 * Never ahead of the time that has passed: what the process was kept from running counts as no sleep.
 */
export function sleepless(ticking: () => number, uptime: () => number): Sleepless {
  let checked = ticking();
  let apart = uptime() - checked; // if it is interrupted between the two, too much, ...
  let slept = 0;
  return {
    now() {
      const now = ticking();
      if (now - checked < SECOND) return now + slept;
      const up = uptime();
      checked = ticking(); // ... and here the difference is too little: neither is taken for sleep
      const more = up - checked - apart;
      if (more >= SECOND) {
        slept += more - STEP;
        apart += more;
      }
      return checked + slept;
    },
    slept: () => slept,
  };
}
