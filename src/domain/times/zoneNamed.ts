import { fixedZone } from './fixedZone.js';
import { NamedZone } from './NamedZone.js';
import { offsetOf } from './offsetOf.js';
import type { Zone } from './Zone.js';

/** The names of the IANA database of three letters: others, such as IST, mean several zones. */
const SHORT = new Set(['CET', 'EET', 'EST', 'GMT', 'HST', 'MET', 'MST', 'PRC', 'ROC', 'ROK', 'UCT', 'UTC', 'WET']);

/** The zone that an offset (`+05:30`, `UTC`) or a name of the IANA database (`Asia/Kolkata`) means; `undefined` for anything else. */
export function zoneNamed(text: string): Zone | undefined {
  const offset = offsetOf(text);
  if (offset !== undefined) return fixedZone(offset);
  if (text.length <= 3 && !SHORT.has(text.toUpperCase())) return undefined;
  try {
    return new NamedZone(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // which is how Intl says that there is none
    throw error;
  }
}
