import type { Instant } from '../../domain/instant.js';
import type { ChangesAsked, EventWith, FleetAsked } from '../api/Server.js';
import type { Packed } from './packed.js';

/** What the page wants of its reader. */
export type Wish =
  /** The server's events, until it wants no more of them. */
  | { readonly want: 'events' }
  | { readonly want: 'fleet'; readonly asked: FleetAsked }
  | { readonly want: 'changes'; readonly asked: ChangesAsked }
  | { readonly want: 'land' };

/** A wish with a number of its own, or that nothing more is wanted of one. */
export type Asked = { readonly id: number; readonly wish: Wish | undefined };

export interface PackedFlush {
  readonly at: Instant;
  readonly changes: Packed;
  readonly late: Packed;
}

export interface PackedFleet {
  readonly at: Instant | undefined;
  readonly fixes: Packed;
}

export interface PackedChanges {
  readonly changes: Packed;
  readonly late: Packed;
  readonly isAll: boolean;
}

export type PackedEvent = EventWith<PackedFlush>;

/** What the reader answers to a wish: any number of values, then its end or why it failed. */
export type Told =
  | { readonly id: number; readonly kind: 'value'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'end' }
  | { readonly id: number; readonly kind: 'failed'; readonly failure: Failure };

/** An error as it goes from thread to thread. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  /** The server's word for programs, if it gave one. */
  readonly word?: string | undefined;
}
