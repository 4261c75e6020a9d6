import { formatInstant, type Instant } from '../../index.js';
import { count, counted } from '../text/words.js';

export interface FixCounts {
  readonly fixes: number;
  readonly devices: number;
  readonly changes: number;
  readonly late: number;
  readonly duplicate: number;
  readonly conflict: number;
}

/** How many fixes there are, and of which kinds. */
export function fixesText({ fixes, devices, changes, late, duplicate, conflict }: FixCounts): string {
  const kinds = [counted(changes, 'change'), `${count(late)} late`, counted(duplicate, 'duplicate'), counted(conflict, 'conflict')];
  return `${count(fixes)} of ${counted(devices, 'device')}: ${kinds.join(', ')}`;
}

/** From when to when fixes arrived. */
export function arrivalsText(first: Instant | undefined, last: Instant | undefined): string {
  return first === undefined || last === undefined ? 'none yet' : `${formatInstant(first)} to ${formatInstant(last)}`;
}
