import type { Fix } from './fix.js';
import type { Instant } from './instant.js';
import type { Aged, Moment } from './Past.js';

/**
 * A fix as the answer about a moment, with its age.
 *
 * @param end the last arrival of all, from which the age counts if no moment is named
 * @param extra the names of the extra columns
 */
export function aged(
  fix: Fix,
  { at, knownAt = Infinity, maxAge = Infinity }: Moment,
  end: Instant | undefined,
  extra: readonly string[],
): Aged {
  const asked = at ?? Math.min(end ?? fix.arrival, knownAt);
  const age = asked - fix.event;
  return { known: age > maxAge * 1000 ? 'too old' : 'fix', fix, asked, age, extra };
}
