import type { Observable } from 'rxjs';
import type { Instant } from '../domain/instant.js';
import type { Command, Pace } from '../live/Pacing.js';
import type { Figures } from '../report/Distribution.js';

/** What a replay that writes the log tells of itself: plain values, which can go from thread to thread. */
export interface LiveState {
  /** Whether it is still going on. */
  readonly running: boolean;
  readonly pace: Pace;
  /** The first and the last arrival of the recording, if they are known. */
  readonly span: { readonly first: Instant; readonly last: Instant } | undefined;
  /** From when a change was due to when it can be read, in ms; over so many. */
  readonly endToEnd: Figures | undefined;
  readonly written: number;
  /** From when a fix was due to when it was emitted, in ms; over so many. */
  readonly lateness: Figures | undefined;
  readonly judged: number;
}

/** A replay that writes the log while it is served. */
export interface Live {
  readonly state: () => LiveState;
  /** Emits after each command. */
  readonly pace$: Observable<Pace>;
  /** Resolves to the pace by then. */
  readonly steer: (command: Command) => Promise<Pace>;
}
