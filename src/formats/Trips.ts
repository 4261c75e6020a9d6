import type { Observable } from 'rxjs';
import type { NamedFix } from '../domain/Appended.js';
import type { Instant } from '../domain/instant.js';
import type { Trip } from '../domain/Trip.js';

/** Reads a track, each fix with the trip up to it; again, if asked, only what had arrived at a moment. */
export type Trips = (options?: { readonly knownAt?: Instant }) => Observable<Trip<NamedFix>>;
