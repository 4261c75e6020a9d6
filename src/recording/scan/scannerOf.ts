import type { TimeReader } from '../../domain/times/TimeReader.js';
import { RecordedTimes } from '../../domain/times/RecordedTimes.js';
import { PLAIN } from '../../domain/times/Zone.js';
import { IsoScanner } from './IsoScanner.js';
import { PatternScanner } from './PatternScanner.js';
import { NO, type TimeScanner } from './TimeScanner.js';

/**
 * What reads the times of a column from bytes: by the first pattern that it was given, if its times are all as wide, or
 * as it reads all recordings.
 */
export function scannerOf(reader: TimeReader): TimeScanner {
  if (!(reader instanceof RecordedTimes)) return NONE;
  const [pattern] = reader.patterns;
  if (!pattern) return new IsoScanner(reader);
  return pattern.fixed ? new PatternScanner(reader, pattern.fixed) : NONE;
}

/** Takes nothing. */
const NONE: TimeScanner = { instant: 0, kind: PLAIN, isZoneless: false, scan: () => NO };
