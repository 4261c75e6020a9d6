import { catchError, map, of, throwError, type Observable } from 'rxjs';
import { formatInstant, type Instant } from '../../domain/instant.js';
import type { Ask } from '../api/getJson.js';
import { Refused } from '../api/Refused.js';
import type { Clock, ServedFix } from '../api/served.js';
import { sighting, type Sighting } from './Sighting.js';

/** What is known of a device at a moment, by one clock; `undefined` if it is only known later. */
export const fixAt = (
  device: string,
  { at, by }: { readonly at: Instant; readonly by: Clock },
  ask: Ask,
): Observable<Sighting | undefined> =>
  ask<ServedFix>(`/api/devices/${encodeURIComponent(device)}/fix`, { at: formatInstant(at), by }).pipe(
    map(sighting),
    catchError((error: unknown) => (error instanceof Refused && error.error === 'later' ? of(undefined) : throwError(() => error))),
  );
