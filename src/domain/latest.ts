import type { Fix } from './fix.js';
import type { Instant } from './instant.js';
import { isSameNumber } from './isSameNumber.js';

/** What a fix can be to the one that its device holds as its latest. */
export const VERDICTS = ['change', 'late', 'duplicate', 'conflict'] as const;
export type Verdict = (typeof VERDICTS)[number];
/** Their places, where verdicts stand in a column. */
export const [CHANGE, LATE, DUPLICATE, CONFLICT] = [0, 1, 2, 3] as const;

/**
 * The rule of lastfix: a fix replaces its device's latest if its event time is strictly newer.
 *
 * Otherwise it is `late` (older than the one held), a `duplicate` (equally old, with equal data) or a
 * `conflict` (equally old, with other data). The data are the position and the speed, as numbers.
 *
 * @param held the event time of the latest; `-Infinity` if the device has none
 * @param isEqual asked only if both are equally old
 */
export function judge(held: Instant, event: Instant, isEqual: () => boolean): Verdict {
  if (event > held) return 'change';
  if (event < held) return 'late';
  return isEqual() ? 'duplicate' : 'conflict';
}

/** `judge` of a fix and the one held, if there is one. */
export function judgeFix(held: Fix | undefined, fix: Fix): Verdict {
  return judge(held?.event ?? -Infinity, fix.event, () => hasEqualData(held!, fix));
}

/** The data are the position and the speed; extra columns are not, since a row that is sent again often has another number. */
function hasEqualData(held: Fix, fix: Fix): boolean {
  return (
    isSameNumber(fix.latitude, held.latitude) && isSameNumber(fix.longitude, held.longitude) && isSameNumber(fix.speed, held.speed)
  );
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
