import type { Instant } from '../domain/instant.js';

/** The first of some instants; `undefined` of none. */
export function firstOf(instants: readonly Instant[]): Instant | undefined {
  return instants.length === 0 ? undefined : instants.reduce((a, b) => Math.min(a, b));
}

/** The last of some instants; `undefined` of none. */
export function lastOf(instants: readonly Instant[]): Instant | undefined {
  return instants.length === 0 ? undefined : instants.reduce((a, b) => Math.max(a, b));
}
