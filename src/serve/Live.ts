import type { Observable, Observer } from 'rxjs';
import type { Instant } from '../domain/instant.js';
import type { Command, Pace } from '../live/Pacing.js';
import type { Meter } from '../report/Meter.js';

/** A replay that writes the log while it is served. */
export interface Live {
  readonly meter: Meter;
  /** The first and the last arrival of the recording, if they are known. */
  readonly span: { readonly first: Instant; readonly last: Instant } | undefined;
  readonly pace: () => Pace;
  /** Emits whenever the pace has changed. */
  readonly pace$: Observable<Pace>;
  /** `undefined` if it cannot be steered. */
  readonly commands: Pick<Observer<Command>, 'next'> | undefined;
  /** Whether it is still going on. */
  readonly running: () => boolean;
}
