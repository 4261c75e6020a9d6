import { formatInstant, type Origin, type Recording, RECORDING_COLUMNS } from '../../index.js';
import type { ReplaySettings } from './replaySettings.js';

/** What the rows of the log are made from, by the names in its run file. */
export function originOf(
  { content }: Recording,
  { reading, playing, coalesce }: ReplaySettings,
  rebasedBy: number | undefined,
): Origin {
  return {
    input_bytes: content?.bytes ?? null,
    input_sha256: content?.sha256 ?? null,
    ...Object.fromEntries(Object.entries(reading.columns ?? RECORDING_COLUMNS).map(([part, name]) => [`${part}_column`, name])),
    max_clock_ahead_ms: reading.maxClockAhead,
    until: playing.until === undefined ? null : formatInstant(playing.until),
    coalesce,
    ...(rebasedBy === undefined ? {} : { rebased_by_seconds: rebasedBy }),
  };
}
