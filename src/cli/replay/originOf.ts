import { formatInstant, type Origin, type Recording } from '../../index.js';
import { speedUnitOf } from '../recording/speedUnitOf.js';
import type { ReplaySettings } from './replaySettings.js';

/** What the rows of the log are made from, by the names in its run file. */
export function originOf(
  { content, readings }: Pick<Recording, 'content' | 'readings'>,
  { reading, playing, coalesce }: ReplaySettings,
  rebasedBy: number | undefined,
): Origin {
  const unit = speedUnitOf(readings);
  return {
    input_bytes: content?.bytes ?? null,
    input_sha256: content?.sha256 ?? null,
    reading: readings.map(({ layout }) => layout),
    max_clock_ahead_ms: reading.maxClockAhead,
    ...(reading.maxClockBehind < Infinity && { max_clock_behind_ms: reading.maxClockBehind }),
    ...(reading.where.length > 0 && { where: reading.where.flatMap(({ column, values }) => values.map((value) => `${column}=${value}`)) }),
    ...(unit !== undefined && { speed_unit: unit }),
    until: playing.until === undefined ? null : formatInstant(playing.until),
    coalesce,
    ...(rebasedBy === undefined ? {} : { rebased_by_seconds: rebasedBy }),
  };
}
