import type { Rejected } from '../domain/fix.js';
import type { Noticed } from '../domain/Noticed.js';

/** What is known of a recording beside its fixes. */
export interface Checked {
  readonly version: string;
  readonly input: string;
  readonly rows: number;
  readonly rejected: number;
  /** The first of them, in order. */
  readonly rejectedRows: readonly Rejected[];
  readonly faults: readonly { readonly count: number; readonly line: number; readonly reason: string }[];
  readonly noticed: Noticed;
  /** The zones of times that name none. */
  readonly zone: Readonly<Record<'event' | 'arrival', string>>;
  readonly outOfOrder: number;
  readonly extra: readonly string[];
  /** The extra columns that have other names in the log, by those. */
  readonly renamed?: ReadonlyMap<string, string>;
  /** What was concluded about how it is read. */
  readonly readAs?: string | undefined;
  readonly oneClock?: boolean;
  /** The command that replays it, if it was read with options. */
  readonly replayWith?: string | undefined;
  readonly rate: number;
  /** ms. */
  readonly maxGap: number;
  /** How many devices to list. */
  readonly listed: number;
}
