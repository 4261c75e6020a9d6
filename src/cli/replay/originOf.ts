import { formatInstant, type Origin, type PerClock, type Recording, RECORDING_COLUMNS } from '../../index.js';
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
    ...(reading.maxClockBehind < Infinity && { max_clock_behind_ms: reading.maxClockBehind }),
    ...saidPerClock('times', reading.times),
    ...saidPerClock('zone', reading.zone),
    ...(reading.speedUnit !== undefined && { speed_unit: reading.speedUnit }),
    ...(reading.where.length > 0 && { where: reading.where.flatMap(({ column, values }) => values.map((value) => `${column}=${value}`)) }),
    until: playing.until === undefined ? null : formatInstant(playing.until),
    coalesce,
    ...(rebasedBy === undefined ? {} : { rebased_by_seconds: rebasedBy }),
  };
}

/** What was said of each clock, under `event_times` and the like; nothing of one of which nothing was said. */
function saidPerClock(what: string, said: PerClock<unknown>): Origin {
  return Object.fromEntries(Object.entries(said).map(([clock, value]) => [`${clock}_${what}`, value]));
}
