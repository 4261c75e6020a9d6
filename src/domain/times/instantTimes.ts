import { parseInstant } from '../instant.js';
import { shown } from '../shown.js';
import type { TimeReader } from './TimeReader.js';
import { PLAIN } from './Zone.js';

/** Reads what `parseInstant` does, and nothing else: the times of a log. */
export const instantTimes: TimeReader = {
  read: (text) => {
    const instant = parseInstant(text);
    return instant === undefined ? undefined : { instant, kind: PLAIN, isZoneless: false };
  },
  fault: (text) => `${shown(text)} is not a time`,
};
