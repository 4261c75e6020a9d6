import type { Parcel } from './Parcel.js';

/** What the other side said to a message. */
export type Carried =
  /** It has it. */
  | { readonly kind: 'taken' }
  /** It does not want it, now or later. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It may take less of it at once. */
  | { readonly kind: 'too large'; readonly reason: string }
  /** It did not answer, or is to be asked again, in `after` ms at the earliest. */
  | { readonly kind: 'again'; readonly reason: string; readonly after?: number };

/** What a carrier tells that keeps its connection, and what is under way, by itself. */
export interface CarrierWatcher {
  /** The other side cannot be reached. */
  failed(reason: string): void;
  /** It can. */
  answered(): void;
  /** Messages were sent again. */
  repeated(count: number): void;
}

/** Carries messages to another system. */
export interface Carrier {
  /** What it is called in messages, without credentials. */
  readonly name: string;
  /** How many messages may be under way at once. */
  readonly lanes: number;
  /** How many fixes a message may have, and how many bytes, unless it is one fix. */
  readonly most: { readonly fixes: number; readonly bytes: number };
  /** The longest pause before a message is tried again, in ms. Default: 10,000. */
  readonly longestPause?: number;
  /** Says what is to be told of its connection. */
  watch?(watcher: CarrierWatcher): void;
  /** Sends a message of some fixes. @throws FileError if it makes no sense to go on */
  carry(parcels: readonly Parcel[], signal: AbortSignal): Promise<Carried>;
  /** Lets go of its connections. */
  close(): Promise<void>;
}
