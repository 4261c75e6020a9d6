import { defer, scan, type OperatorFunction } from 'rxjs';
import type { FixBatch, Judged } from '../domain/FixBatch.js';
import { LatestFixes } from './LatestFixes.js';

/**
 * `latest` for batches: keeps every device's latest fix, and says of each row whether it changed that, by the rule of
 * `judge`.
 *
 *     source    [a1 b1]            [a2 a1]
 *     verdict   [change change]    [change late]
 *
 * Errors pass on. Holds the event time and the text of one fix per device. What it emits is good until the next.
 */
export const latestInBatches = (): OperatorFunction<FixBatch, Judged> => (source) =>
  defer(() => source.pipe(scan((latest: LatestFixes, batch) => latest.take(batch), new LatestFixes())));
