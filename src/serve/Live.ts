import type { Observable } from 'rxjs';
import type { Instant } from '../domain/instant.js';
import type { Command, Pace } from '../live/Pacing.js';
import type { Figures } from '../report/Distribution.js';

/** The state of a replay that writes the log: plain values, which can go from thread to thread. */
export interface LiveState {
  /** Whether it is still going on. */
  readonly running: boolean;
  readonly pace: Pace;
  /** How often it was set: when the replay began, and by each command. */
  readonly paceChanges: number;
  /** The first and the last arrival of the recording, if they are known. */
  readonly span: { readonly first: Instant; readonly last: Instant } | undefined;
  /** From when a change was due to when it can be read, in ms, and of how many changes. */
  readonly endToEnd: Figures | undefined;
  readonly written: number;
  /** From when a fix was due to when it was emitted, in ms, and of how many fixes. */
  readonly lateness: Figures | undefined;
  readonly judged: number;
}

/** A replay that writes the log while it is served. */
export interface Live {
  /** Its state: at once, and then whenever it is measured again or its pace has changed. */
  readonly state$: Observable<LiveState>;
  /** Resolves when the replay has obeyed, and `state$` has the pace since. */
  readonly steer: (command: Command) => Promise<unknown>;
}
