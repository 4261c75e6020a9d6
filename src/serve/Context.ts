import type { Past } from '../domain/Past.js';
import type { Turns } from '../rx/Turns.js';
import type { Tail } from '../tail/Tail.js';
import type { Clients } from './Clients.js';
import type { KnownDevices } from './KnownDevices.js';
import type { Latencies } from './Latencies.js';
import type { Live } from './Live.js';
import type { Message } from './Message.js';
import type { Served } from './Served.js';
import type { ServeOptions } from './ServeOptions.js';

/** What the routes answer from. */
export interface Context extends Pick<ServeOptions, 'tiles' | 'attribution' | 'usage'> {
  readonly version: string;
  /** The wall clock, in ms since 1970. */
  readonly now: () => number;
  readonly served: Served;
  /** That of what is served. */
  readonly past: Past;
  readonly tail: Tail<Message>;
  /** Resolves when all devices have been found; they are looked for again if that failed. */
  readonly devices: () => Promise<KnownDevices>;
  readonly live?: Live | undefined;
  readonly latencies: Latencies;
  readonly clients: Clients;
  readonly turns: Turns;
  /** Called with each failure that no client is to blame for. */
  readonly onError: (error: unknown) => void;
}
