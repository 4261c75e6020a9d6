import { map } from 'rxjs';
import { formatInstant } from '../../domain/instant.js';
import { instantOf } from '../model/instantOf.js';
import { sighting } from '../model/Sighting.js';
import type { Ask } from './getJson.js';
import type { AskFleet } from './Server.js';
import type { ServedFleet } from './served.js';

/** Asks a server of JSON for fleets. */
export const fleetsOf = (ask: Ask): AskFleet => ({ at, by } = {}) =>
  ask<ServedFleet>('/api/fleet', { at: at === undefined ? undefined : formatInstant(at), by }).pipe(
    map((fleet) => ({ at: fleet.at === null ? undefined : instantOf(fleet.at), fixes: fleet.fixes.map(sighting) })),
  );
