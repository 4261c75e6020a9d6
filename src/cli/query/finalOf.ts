import { formatInstant, type Instant } from '../../index.js';
import { boundsOf } from '../../domain/boundsOf.js';
import type { Final } from '../../formats/Final.js';
import type { QuerySettings } from './querySettings.js';

/** Until when the answers of a store are final, and whether the one to a question is: if all that it is about has arrived by then. */
export function finalOf(settings: QuerySettings, until: Instant | undefined): Final {
  const isFinal = until !== undefined && arrivedBy(settings) <= until;
  return { until, isFinal, words: isFinal ? `yes: all fixes that arrived up to ${formatInstant(until)} are in the store` : `no: ${whyNot(until)}` };
}

function whyNot(until: Instant | undefined): string {
  const other = until === undefined ? 'it is not known yet up to when all fixes are in the store' : `all fixes that arrived up to ${formatInstant(until)} are in the store`;
  return `this answer may still change; ${other}`;
}

/** What arrives later is no part of the answer. */
function arrivedBy({ kind, at, by, to, knownAt }: QuerySettings): Instant {
  if (kind !== 'track') return boundsOf({ at, by, knownAt }).arrival;
  const last = by === 'arrival' ? to : undefined;
  return Math.min(last ?? Infinity, knownAt ?? Infinity);
}
