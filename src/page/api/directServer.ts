import { map } from 'rxjs';
import { fleetsOf } from './fleetsOf.js';
import { flushOf } from './flushOf.js';
import { getJson } from './getJson.js';
import { serverEvents } from './serverEvents.js';
import type { Server, ServerEvent } from './Server.js';

/** The server, read in the thread that asks. */
export const directServer = (eventsUrl: string): Server => ({
  event$: serverEvents(eventsUrl).pipe(
    map((event): ServerEvent => (event.type === 'flush' ? { type: 'flush', flush: flushOf(event.flush) } : event)),
  ),
  fleet: fleetsOf(getJson),
});
