import type { GuardOptions } from './guard.js';
import type { Live } from './Live.js';

export interface ServeOptions extends GuardOptions {
  readonly version: string;
  /** The folder with the files of the page. */
  readonly page: string;
  /** The replay that writes the log, if there is one. */
  readonly live?: Live | undefined;
  /** Clients that may listen to events at the same time. Default: 1024. */
  readonly maxClients?: number;
  /** How long a connection may take to ask, in ms; twice as long for all that it sends. Default: 5000. */
  readonly patience?: number;
  /** Called with each failure that no client is to blame for, such as that the log cannot be read. */
  readonly onError: (error: unknown) => void;
  /** The wall clock, in ms since 1970. */
  readonly now: () => number;
  /** Bytes of memory and seconds of processor time that were used. */
  readonly usage: () => { readonly memory: number; readonly cpu: number };
}
