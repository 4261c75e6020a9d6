import type { Command } from '../../index.js';
import type { LiveState } from '../../serve/Live.js';
import type { StoreUrl } from '../../store/storeUrl.js';
import type { ServeSettings } from './serveSettings.js';

/** What the thread that serves is started with. */
export interface ServingAsked {
  readonly output: string | StoreUrl;
  readonly settings: ServeSettings;
  readonly state: LiveState;
}

/** What it gets: the state of the replay, and the number of its own command that led to it; or that it is to end. */
export type ToThread = { readonly state: LiveState; readonly obeyed?: number } | { readonly close: true };

/** What it sends: where it serves, or why it cannot; a line for the terminal; what a client commands, numbered. */
export type FromThread =
  | { readonly url: string }
  | { readonly failure: string; readonly isFileError: boolean }
  | { readonly line: string }
  | { readonly command: Command; readonly number: number };
