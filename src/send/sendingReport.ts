import { formatInstant } from '../domain/instant.js';
import type { Figures } from '../report/Distribution.js';
import type { Sent } from './Sent.js';

/** What became of fixes that were sent, as a report has it. */
export interface SendingReport {
  /** = acknowledged + refused + unacknowledged */
  readonly sent: number;
  readonly acknowledged: number;
  readonly refused: number;
  /** What was under way, or waited, when the run was interrupted. */
  readonly unacknowledged: number;
  /** How many messages were sent again. */
  readonly retried: number;
  /** From the sending of a message to its acknowledgement, over every fix. */
  readonly acknowledgement_ms: Figures | null;
  /** Why fixes were refused, and the first 1,000 of them. */
  readonly refusals: readonly {
    readonly reason: string;
    readonly count: number;
    readonly fixes: readonly { readonly device_id: string; readonly time: string; readonly seq: number }[];
  }[];
}

/** What became of fixes that were sent. */
export function sendingReport({ wanted, acknowledged, refused, unacknowledged, retried, acknowledgement, refusals }: Sent): SendingReport {
  return {
    sent: wanted,
    acknowledged,
    refused,
    unacknowledged,
    retried,
    acknowledgement_ms: acknowledgement.figures() ?? null,
    refusals: refusals.map(({ reason, count, fixes }) => ({
      reason,
      count,
      fixes: fixes.map(({ device, arrival, place }) => ({ device_id: device, time: formatInstant(arrival), seq: place })),
    })),
  };
}
