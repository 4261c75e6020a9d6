import type { Fix } from './fix.js';
import type { Instant } from './instant.js';

/** What a fix is to the one its device holds as its latest. */
export type Verdict = 'change' | 'late' | 'duplicate' | 'conflict';

/**
 * The rule of lastfix: a fix replaces its device's latest if its event time is strictly newer.
 *
 * Otherwise it is `late` (older than the one held), a `duplicate` (equally old, with equal data) or a
 * `conflict` (equally old, with other data). Data are compared as they were written, so `7.0` and `7`
 * differ: a retransmission repeats its text. The arrival time is not part of them.
 */
export function judge(held: Fix | undefined, fix: Fix): Verdict {
  if (held === undefined || isNewer(fix, held)) return 'change';
  if (fix.event < held.event) return 'late';
  const equal =
    fix.latitude === held.latitude &&
    fix.longitude === held.longitude &&
    fix.speed === held.speed &&
    fix.further.every((field, i) => field === held.further[i]);
  return equal ? 'duplicate' : 'conflict';
}

/** Whether a fix is newer than the one held, which it replaces then: strictly, by event time. */
export function isNewer({ event }: { readonly event: Instant }, held: { readonly event: Instant } | undefined): boolean {
  return held === undefined || event > held.event;
}

/** A fix, what it turned out to be, and the state after it. */
export interface Update {
  readonly fix: Fix;
  readonly verdict: Verdict;
  /** The latest that the device held when the fix came. */
  readonly held: Fix | undefined;
  /** Every device's latest: the one live map of the subscription, so read it now or copy it. */
  readonly latest: ReadonlyMap<string, Fix>;
}
