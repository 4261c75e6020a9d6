import type { Command, Pace } from '../index.js';
import type { LiveState } from '../serve/Live.js';
import type { ServeSettings } from './serveSettings.js';

/** What the thread that serves is started with. */
export interface ServingAsked {
  readonly output: string;
  readonly settings: ServeSettings;
  readonly state: LiveState;
}

/** What it is told. */
export type ToThread = { readonly state: LiveState } | { readonly state: LiveState; readonly pace: Pace } | { readonly close: true };

/** What it tells: where it serves, or why it cannot; a line for the terminal; what a client commands. */
export type FromThread = { readonly url: string } | { readonly failure: string; readonly isFileError: boolean } | { readonly line: string } | { readonly command: Command };
