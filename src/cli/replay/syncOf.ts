import { oneOf } from '../arguments.js';

/** How often to sync, in ms. */
const SYNC = { always: 0, second: 1000, never: Infinity };

/** How often a log is to reach the disk, in ms. @throws UsageError */
export function syncOf(text: string): number {
  return SYNC[oneOf('--sync', text, Object.keys(SYNC) as (keyof typeof SYNC)[])];
}
