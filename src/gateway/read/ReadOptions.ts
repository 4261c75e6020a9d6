import type { SpeedUnit } from '../../domain/Layout.js';

/** How what comes is read. */
export interface ReadOptions {
  /** What speeds become that a form has in a unit of its own. */
  readonly speedUnit: SpeedUnit;
  /** The id of a device of OwnTracks, where `{user}` and `{device}` stand for its parts. */
  readonly owntracksId: string;
  /** Whether a fix arrived when it says so. */
  readonly trustTime: boolean;
  /** How many bytes a fix may have as it comes. Default: 262,144. */
  readonly recordBytes?: number;
}

/** What is said of a message beside its body. */
export interface Beside {
  /** Of OwnTracks: by the headers, the query, or the topic. */
  readonly user?: string | undefined;
  readonly device?: string | undefined;
  /** The id of the device, where the body has none: by a level of the topic. */
  readonly named?: string | undefined;
}
