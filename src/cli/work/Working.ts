import type { Meter } from '../../index.js';

/** What a run is told of, and tells. */
export interface Working {
  readonly meter: Meter;
  readonly signal: AbortSignal;
  readonly said: (line: string) => void;
  readonly told: (status: (width: number) => string) => void;
}
