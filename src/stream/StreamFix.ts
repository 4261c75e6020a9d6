import type { Instant } from '../domain/instant.js';

/** A fix as a stream has it. */
export interface StreamFix {
  /** The device's id, exactly as written. */
  readonly device: string;
  /** When the server got it; without one, the time at which the stream got its message. */
  readonly arrival?: Instant;
  /** When the device says it took it. */
  readonly event: Instant;
  /** Degrees, as written; `Number(latitude)` is in [-90, 90]. */
  readonly latitude: string;
  /** Degrees, as written; `Number(longitude)` is in [-180, 180]. */
  readonly longitude: string;
  /** As written: empty if unknown, or a number >= 0. */
  readonly speed: string;
  /** The extra columns that are not empty, by their names. */
  readonly extra: Readonly<Record<string, string>>;
  /** Its place in its source: a whole number from 0. */
  readonly seq?: number;
}
