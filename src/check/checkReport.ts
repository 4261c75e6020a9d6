import type { Rejected } from '../domain/fix.js';
import { formatInstant } from '../domain/instant.js';
import type { Figures } from '../report/Distribution.js';
import { busiestDevices, type DeviceReport } from './busiestDevices.js';
import type { Checked } from './Checked.js';
import { countsOf } from './countsOf.js';
import type { Findings } from './Findings.js';
import { timeOrNull } from './timeOrNull.js';
import { worstFix, type WorstFix } from './worstFix.js';

/** An id as a spreadsheet writes a number of many digits. */
const CUT = /^\d(?:[.,]\d+)?E\+\d+$/i;
/** How many of some things are told. */
const MAX_LISTED = 100;

/** What is in a recording, as `lastfix check --format json` writes it. Times in UTC, durations in seconds. */
export interface CheckReport {
  readonly lastfix: string;
  readonly input: string;
  /** = changes + late + duplicate + conflict + rejected */
  readonly rows: number;
  readonly changes: number;
  readonly late: number;
  readonly duplicate: number;
  readonly conflict: number;
  readonly rejected: number;
  readonly devices: number;
  /** By their names in the log. */
  readonly extra_columns: readonly string[];
  /** What those are called in the recording whose names the log cannot have. */
  readonly renamed_columns: Readonly<Record<string, string>>;
  /** What was concluded about how it is read, if anything was. */
  readonly read_as: string | null;
  /** Whether it has one clock, so that nothing can be late by the event. */
  readonly one_clock: boolean;
  /** The command that replays it, if it was read with options. */
  readonly replay_with: string | null;
  /** Fixes that arrived before the one above them in the input. */
  readonly out_of_order: number;
  readonly first_arrival: string | null;
  readonly last_arrival: string | null;
  readonly first_event: string | null;
  readonly last_event: string | null;
  readonly stream_seconds: number;
  readonly rate: number | 'max';
  readonly max_gap_seconds: number | null;
  /** How long it plays at that rate; 0 at `max`, which waits for nothing. */
  readonly plays_seconds: number;
  /** Fixes that arrived in the millisecond of the one before them, and the most in one. */
  readonly same_millisecond: number;
  readonly most_in_a_millisecond: number;
  /** From event to arrival, over the fixes whose clock is not ahead. */
  readonly delay_seconds: Figures | null;
  /** How much older late fixes are than the one held. */
  readonly late_by_seconds: Figures | null;
  readonly worst_late: WorstFix | null;
  /** Fixes that say that they were taken after they arrived. */
  readonly clock_ahead: number;
  readonly worst_clock_ahead: WorstFix | null;
  /** Fixes whose event time is more than 30 days before their arrival, but for those of a week rollover. */
  readonly clock_behind: number;
  readonly worst_clock_behind: WorstFix | null;
  /** Fixes that are 1,024 or 2,048 weeks behind. */
  readonly week_rollovers: number;
  /** Fixes at latitude 0 and longitude 0. */
  readonly zero_positions: number;
  /** Fixes and rejected rows whose latitude and longitude seem to be exchanged. */
  readonly exchanged_positions: number;
  /** Ids that a spreadsheet has cut, such as `3.6E+14`: the first 100. */
  readonly cut_ids: readonly string[];
  /** Speeds that are written, and are no number from 0 up. */
  readonly unknown_speeds: number;
  readonly first_unknown_speed: string | null;
  /** Times that name no zone, and the zone that they were read in. */
  readonly zoneless_event_times: number;
  readonly zoneless_arrival_times: number;
  readonly event_zone: string;
  readonly arrival_zone: string;
  /** Times that no clock of their zone ever showed, and those that it showed twice. */
  readonly skipped_times: number;
  readonly repeated_times: number;
  /** The longest first. */
  readonly silences: readonly { readonly from: string; readonly to: string; readonly seconds: number }[];
  /** Fixes by arrival, in columns of equal width from `from` on. */
  readonly arrivals: { readonly from: string; readonly seconds_each: number; readonly fixes: readonly number[] } | null;
  /** Fixes by delay; no bound is null. */
  readonly delays: readonly { readonly from_seconds: number | null; readonly to_seconds: number | null; readonly fixes: number }[];
  /** Those with the most fixes, as many as were asked for. */
  readonly per_device: readonly DeviceReport[];
  /** For which reasons rows are rejected, the commonest first, with the first row of each; 100 of them. */
  readonly rejected_reasons: readonly { readonly rows: number; readonly line: number; readonly reason: string }[];
  /** The first, as many as were asked for. */
  readonly rejected_rows: readonly Rejected[];
}

/** Draws up what is in a recording. */
export function checkReport(findings: Findings, checked: Checked): CheckReport {
  const { all, event, arrivals, silences, delays, devices } = findings;
  const { columns } = arrivals;
  const { oddities } = findings;
  const { noticed, zone } = checked;
  return {
    lastfix: checked.version,
    input: checked.input,
    rows: checked.rows,
    ...countsOf(all),
    rejected: checked.rejected,
    devices: devices.size,
    extra_columns: checked.extra,
    renamed_columns: Object.fromEntries(checked.renamed ?? []),
    read_as: checked.readAs ?? null,
    one_clock: checked.oneClock ?? false,
    replay_with: checked.replayWith ?? null,
    out_of_order: checked.outOfOrder,
    first_arrival: timeOrNull(all.first),
    last_arrival: timeOrNull(all.last),
    first_event: timeOrNull(event.first),
    last_event: timeOrNull(event.last),
    stream_seconds: devices.size > 0 ? (all.last - all.first) / 1e6 : 0,
    rate: checked.rate === Infinity ? 'max' : checked.rate,
    max_gap_seconds: checked.maxGap === Infinity ? null : checked.maxGap / 1000,
    plays_seconds: findings.plays / 1000,
    same_millisecond: findings.sameMillisecond,
    most_in_a_millisecond: findings.mostInMillisecond,
    delay_seconds: findings.delay.figures() ?? null,
    late_by_seconds: findings.lateBy.figures() ?? null,
    worst_late: worstFix(findings.worstLate),
    clock_ahead: findings.ahead,
    worst_clock_ahead: worstFix(findings.farthestAhead),
    clock_behind: oddities.behind,
    worst_clock_behind: worstFix(oddities.farthestBehind),
    week_rollovers: oddities.rollovers,
    zero_positions: oddities.atZero,
    exchanged_positions: oddities.exchanges.count + noticed.exchanged,
    cut_ids: [...devices.keys()].filter((id) => CUT.test(id)).slice(0, MAX_LISTED),
    unknown_speeds: noticed.unknownSpeeds,
    first_unknown_speed: noticed.firstUnknownSpeed ?? null,
    zoneless_event_times: noticed.zoneless.event,
    zoneless_arrival_times: noticed.zoneless.arrival,
    event_zone: zone.event,
    arrival_zone: zone.arrival,
    skipped_times: noticed.skipped,
    repeated_times: noticed.repeated,
    silences: silences.longest.map(({ from, to }) => ({ from: formatInstant(from), to: formatInstant(to), seconds: (to - from) / 1e6 })),
    arrivals: columns ? { from: formatInstant(columns.from), seconds_each: columns.width / 1e6, fixes: columns.counts } : null,
    delays: delays.ranges.map(({ from, to, fixes }) => ({ from_seconds: boundOf(from), to_seconds: boundOf(to), fixes })),
    per_device: busiestDevices(devices, checked.listed),
    rejected_reasons: checked.faults.slice(0, MAX_LISTED).map(({ count, line, reason }) => ({ rows: count, line, reason })),
    rejected_rows: checked.rejectedRows,
  };
}

function boundOf(seconds: number): number | null {
  return Number.isFinite(seconds) ? seconds : null;
}
