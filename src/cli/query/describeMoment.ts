import { formatInstant } from '../../index.js';
import type { QuerySettings } from './querySettings.js';

/** How a question was asked, beside its moment, in words to follow that; empty if it was asked as usual. */
export function describeMoment({ at, by, knownAt }: QuerySettings): string {
  return `${by === 'event' ? ' by event time' : ''}${knownAt === undefined || at === undefined ? '' : `, by what had arrived at ${formatInstant(knownAt)}`}`;
}
