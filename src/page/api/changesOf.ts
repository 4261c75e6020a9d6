import { map } from 'rxjs';
import { formatInstant } from '../../domain/instant.js';
import { sighting } from '../model/Sighting.js';
import type { Ask } from './getJson.js';
import type { AskChanges } from './Server.js';
import type { ServedChanges } from './served.js';

/** Asks a server of JSON for all fixes of a span. */
export const changesOf = (ask: Ask): AskChanges => ({ from, to, by, limit }) =>
  ask<ServedChanges>('/api/changes', { from: formatInstant(from), to: formatInstant(to), by, limit }).pipe(
    map(({ changes, late, next }) => ({ changes: changes.map(sighting), late: late.map(sighting), isAll: next === null })),
  );
