import { type Meter, report, type Report } from '../../index.js';
import { version } from '../version.js';
import type { WorkedAll } from './WorkedAll.js';
import type { WorkSettings } from './workSettings.js';

export interface WorkEnded {
  readonly meter: Meter;
  readonly worked: WorkedAll;
  /** For how long it ran, in ms. */
  readonly playing: number;
  readonly interrupted: boolean;
}

/** The report of what came in a stream. */
export function workReport({ input, output, to }: WorkSettings, { meter, worked, playing, interrupted }: WorkEnded): Report {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const { rejected, bytes, resumedAt } = worked;
  return report(meter, {
    version: version(),
    input,
    output,
    interrupted,
    rows: meter.judged + rejected,
    rejected,
    unknownSpeeds: 0,
    speedUnit: undefined,
    outOfOrder: 0,
    resumedAt,
    ...(to.kind === 'store' && { skipped: 0 }),
    from: undefined,
    reading: 0,
    playing,
    bytes,
    peakMemory: maxRSS * 1024,
    cpu: (userCPUTime + systemCPUTime) / 1000,
  });
}
