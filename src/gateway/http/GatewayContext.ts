import type { Buckets } from '../Buckets.js';
import type { GatewayCounts } from '../GatewayCounts.js';
import type { Intake } from '../Intake.js';
import type { ReadOptions } from '../read/ReadOptions.js';
import type { Access } from './Access.js';
import type { BodyRoom } from './bodyOf.js';
import type { Deadlines } from './Deadlines.js';

/** What answers are made of. */
export interface GatewayContext {
  readonly intake: Intake;
  readonly counts: GatewayCounts;
  readonly reading: ReadOptions;
  readonly access: Access;
  /** What a device may send, if that is limited, and what an address may ask. */
  readonly devices?: Buckets | undefined;
  readonly addresses?: Buckets | undefined;
  /** Whether the stream has acknowledged something lately. */
  readonly isReady: () => boolean;
  /** The text for Prometheus. */
  readonly metrics: () => string;
  /** How many bytes a body may have, and how many lines. */
  readonly most: { readonly bytes: number; readonly lines: number };
  /** For the bodies that are coming. */
  readonly bodies: BodyRoom;
  /** How long an answer waits for the stream. */
  readonly deadlines: Deadlines;
  /** Whether no more requests are to come. */
  readonly isClosing: () => boolean;
  /** Called with what no client is to blame for. */
  readonly onError: (error: unknown) => void;
}
