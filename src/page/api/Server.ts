import type { Observable } from 'rxjs';
import type { Instant } from '../../domain/instant.js';
import type { Land } from '../map/Land.js';
import type { Sighting } from '../model/Sighting.js';
import type { Clock, Pace } from './served.js';

/** What a flush wrote: the fixes that became their device's latest, and those that did not. */
export interface Flush {
  /** The newest arrival in it. */
  readonly at: Instant;
  readonly changes: readonly Sighting[];
  readonly late: readonly Sighting[];
}

/** What the server sends by itself, and how the connection is: opened (again), lost, or now to another log than before. */
export type EventWith<F> =
  | { readonly type: 'open' | 'lost' | 'reset' }
  | { readonly type: 'flush'; readonly flush: F }
  | { readonly type: 'pace'; readonly pace: Pace };

export type ServerEvent = EventWith<Flush>;

/** The fleet as of a moment; `at` is `undefined` where the server names none. */
export interface FleetTold {
  readonly at: Instant | undefined;
  readonly fixes: readonly Sighting[];
}

/** Which fleet: as of a moment by one of the clocks. Default: the newest, by arrival. */
export interface FleetAsked {
  readonly at?: Instant;
  readonly by?: Clock;
}

/** Asks the server for the fleet. Errors as `getJson` does. */
export type AskFleet = (asked?: FleetAsked) => Observable<FleetTold>;

/** Fixes of a span, each list in the order of its clock. */
export interface ChangesTold {
  readonly changes: readonly Sighting[];
  readonly late: readonly Sighting[];
  /** Whether that is all of them, and not only the first. */
  readonly isAll: boolean;
}

/** Which fixes: those from a moment to another, both included, by a clock; so many at most. */
export interface ChangesAsked {
  readonly from: Instant;
  readonly to: Instant;
  readonly by: Clock;
  readonly limit: number;
}

/** Asks the server for all fixes of a span. Errors as `getJson` does. */
export type AskChanges = (asked: ChangesAsked) => Observable<ChangesTold>;

/** What of the server is large: its events, fleets, the fixes of a span, and the land below them. */
export interface Server {
  /** Errors when the connection is given up; subscribing again makes another. */
  readonly event$: Observable<ServerEvent>;
  readonly fleet: AskFleet;
  readonly changes: AskChanges;
  /** The land of the Earth, once. */
  readonly land$: Observable<Land>;
}
