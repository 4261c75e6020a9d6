import {
  type Instant,
  type Meter,
  monotonic,
  type Recording,
  report,
  type Report,
  sendingReport,
  type SendingReport,
} from '../../index.js';
import { isOneClock } from '../recording/isOneClock.js';
import { speedUnitOf } from '../recording/speedUnitOf.js';
import { version } from '../version.js';
import type { Opened } from './Opened.js';
import type { ReplaySettings } from './replaySettings.js';

export interface Ended {
  readonly recording: Recording;
  readonly opened: Opened;
  readonly meter: Meter;
  /** By how many seconds all times were shifted, if they were. */
  readonly rebasedBy: number | undefined;
  /** When reading started, in ms of the monotonic clock. */
  readonly started: number;
  /** When playing began, on the same clock. */
  readonly begun: number;
  /** Where in the stream a run went on that was resumed. */
  readonly resumedAt: Instant | undefined;
  /** Where in the stream the replay was to start, if not at the first arrival. */
  readonly from: Instant | undefined;
  readonly interrupted: boolean;
}

/** The report of a replay. */
export interface ReplayReport extends Report {
  /** If its fixes were sent. */
  readonly sending?: SendingReport;
}

/** The report of a replay that has just ended. */
export function reportOf(
  { input, output }: ReplaySettings,
  { recording, opened, meter, rebasedBy, started, begun, resumedAt, from, interrupted }: Ended,
): ReplayReport {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const { sent } = opened;
  const figures = report(meter, {
    version: version(),
    input,
    output,
    interrupted,
    rows: recording.rows,
    rejected: recording.rejected.count,
    unknownSpeeds: recording.noticed.unknownSpeeds,
    speedUnit: speedUnitOf(recording.readings),
    oneClock: isOneClock(recording.readings),
    outOfOrder: recording.outOfOrder,
    rebasedBy,
    resumedAt,
    ...(opened.skipped !== undefined && { skipped: opened.skipped }),
    from,
    reading: begun - started,
    playing: monotonic.now() - begun,
    bytes: opened.bytes,
    peakMemory: maxRSS * 1024,
    cpu: (userCPUTime + systemCPUTime) / 1000,
  });
  return sent ? { ...figures, sending: sendingReport(sent) } : figures;
}
