/** The rates that are stepped through, in order. Another one has its place among them. */
export const RATES: readonly number[] = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/**
 * The next rate up or down from one, be that one of `RATES` or not; the same where there is none. No step leads up to
 * `Infinity`, which ends a replay at once: who wants that says so. One leads down from it.
 */
export function nextRate(rate: number, step: 'up' | 'down'): number {
  return (step === 'up' ? RATES.find((other) => other > rate) : RATES.findLast((other) => other < rate)) ?? rate;
}
