import { map } from 'rxjs';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { landOf } from '../map/landOf.js';
import { changesOf } from './changesOf.js';
import { fleetsOf } from './fleetsOf.js';
import { flushOf } from './flushOf.js';
import { getJson } from './getJson.js';
import { serverEvents } from './serverEvents.js';
import type { Server, ServerEvent } from './Server.js';

/** The server, read in the thread that asks. */
export const directServer = (): Server => ({
  event$: serverEvents('/api/events').pipe(
    map((event): ServerEvent => (event.type === 'flush' ? { type: 'flush', flush: flushOf(event.flush) } : event)),
  ),
  fleet: fleetsOf(getJson),
  changes: changesOf(getJson),
  land$: getJson<Topology<{ land: GeometryCollection }>>('/page/land.json').pipe(map(landOf)),
});
