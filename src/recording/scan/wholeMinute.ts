import type { RecordedTimes } from '../../domain/times/RecordedTimes.js';
import type { TimeRead } from '../../domain/times/TimeReader.js';

const WHOLE = 59_999_999;
/** Of the days after it, not every microsecond is an instant. */
const LAST_WHOLE_DAY = Number.MAX_SAFE_INTEGER - 86_400_000_000;

/**
 * What is read of the first moment of a minute, if the reader says the same of all of it: that no clock is changed within it.
 *
 * @param last its last microsecond; its last second, or its first, if it is not written more exactly
 */
export function wholeMinute(reader: RecordedTimes, first: string, last: string, micros = WHOLE): TimeRead | undefined {
  const from = reader.read(first, '');
  const to = reader.read(last, '');
  if (from === undefined || to === undefined) return undefined;
  if (from.kind !== to.kind || from.isZoneless !== to.isZoneless) return undefined;
  return to.instant - from.instant === micros && Math.abs(from.instant) < LAST_WHOLE_DAY ? from : undefined;
}
