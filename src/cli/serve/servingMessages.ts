import type { Command, Pace } from '../../index.js';
import type { LiveState } from '../../serve/Live.js';
import type { ServeSettings } from './serveSettings.js';

/** What the thread that serves is started with. */
export interface ServingAsked {
  readonly output: string;
  readonly settings: ServeSettings;
  readonly state: LiveState;
}

/** What it is told: how the replay goes, also after each command, and which of its own was obeyed; to end. */
export type ToThread = { readonly state: LiveState; readonly pace?: Pace; readonly obeyed?: number } | { readonly close: true };

/** What it tells: where it serves, or why it cannot; a line for the terminal; what a client commands, numbered. */
export type FromThread =
  | { readonly url: string }
  | { readonly failure: string; readonly isFileError: boolean }
  | { readonly line: string }
  | { readonly command: Command; readonly number: number };
