import type { GuardOptions } from './guard.js';
import type { Live } from './Live.js';

/** Bytes of memory and seconds of processor time that the process has used. */
export interface Usage {
  readonly memory: number;
  readonly cpu: number;
}

export interface ServeOptions extends GuardOptions {
  /** Called with each failure that no client is to blame for, such as that the log cannot be read. */
  readonly onError: (error: unknown) => void;
  /** Whose map the tiles show. Default: what they say themselves, or their host. */
  readonly attribution?: string | undefined;
  /** The version in the status and in the OpenAPI document. Default: that of lastfix. */
  readonly version?: string;
  /** The folder with the files of the page. Default: the page of lastfix. */
  readonly page?: string;
  /** The replay that writes the log, if there is one. */
  readonly live?: Live | undefined;
  /** Clients that may listen to events at the same time. Default: 1024. */
  readonly maxClients?: number;
  /** How long a connection may take to ask, in ms; twice as long for all that it sends. Default: 5000. */
  readonly patience?: number;
  /** The wall clock, in ms since 1970. Default: that of the system. */
  readonly now?: () => number;
  /** For the metrics, which are without it by default. */
  readonly usage?: (() => Usage) | undefined;
}
