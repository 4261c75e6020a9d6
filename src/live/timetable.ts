import { checkRate } from './checkRate.js';

/** How a recording is played in time. Durations in ms, instants in µs. */
export interface Timing {
  /** How many times as fast as it was recorded; `Infinity` does not wait at all. Default: 1. */
  readonly rate?: number;
  /** Silences longer than this many ms of stream time are cut to it. Default: none are. */
  readonly maxGap?: number;
  /** What arrived before this instant is due at once. Default: the first arrival. */
  readonly from?: number | undefined;
}

/**
 * When a fix is due, by its arrival time: `start + (arrival - origin) / rate`, less the silences cut away.
 * The origin is the first arrival asked for, or `from` if that is later; what arrived before `from` is due
 * since ever (`-Infinity`), and a silence that begins before `from` counts from there.
 *
 * Absolute, so it cannot drift: no due time is computed from the one before, except by the whole
 * microseconds that were cut away. To be asked in the order of the stream: what arrived before the one above it
 * is due with that, and neither ends nor begins a silence. Holds three numbers.
 *
 * @param start the clock's ms at which the origin is due
 * @throws RangeError if the rate is not above 0, or `maxGap` is below it
 * @returns the clock's ms, with fractions, at which an arrival time in µs is due
 */
export function timetable(start: number, { rate = 1, maxGap = Infinity, from = -Infinity }: Timing = {}): (arrival: number) => number {
  checkRate(rate);
  if (!(maxGap >= 0)) throw new RangeError(`the longest silence ${maxGap} is not a number from 0 up`);
  let origin: number | undefined;
  let reached = 0;
  let cut = 0;
  return (arrival) => {
    origin ??= reached = Math.max(arrival, from);
    if (arrival < from) return -Infinity;
    cut += Math.max(0, arrival - reached - maxGap * 1000);
    reached = Math.max(reached, arrival);
    return start + (reached - origin - cut) / 1000 / rate;
  };
}
