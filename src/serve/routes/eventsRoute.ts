import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { distinctUntilKeyChanged, map, merge, NEVER, skip, tap } from 'rxjs';
import type { Cursor } from '../../domain/Appended.js';
import type { Past } from '../../domain/Past.js';
import { shown } from '../../domain/shown.js';
import type { Context } from '../Context.js';
import { drained } from '../drained.js';
import { HttpError } from '../HttpError.js';
import { paceObject } from '../paceObject.js';
import { SCHEMAS } from '../schemas.js';
import { EVENT_HEADERS, sendEvents } from '../sendEvents.js';

interface EventsRequest {
  Querystring: { readonly after?: string };
}

/** `GET /api/events` */
export function eventsRoute(api: FastifyInstance, { past, tail, live, clients, onError }: Context): void {
  const pace$ = (live?.state$ ?? NEVER).pipe(
    distinctUntilKeyChanged('paceChanges'),
    skip(1), // the pace as it is, which the status has
    map(({ pace }) => `event: pace\ndata: ${JSON.stringify(paceObject(pace))}\n\n`),
  );
  api.get<EventsRequest>('/api/events', { schema: SCHEMAS.events }, (request, reply) => {
    clients.checkRoom();
    if (reply.raw.socket === null) {
      const why = 'events are asked for on a connection that still waits for another answer: use a connection of its own';
      throw new HttpError(400, 'bad-request', why);
    }
    const cursor = cursorIn(request, past);
    if (request.method === 'HEAD') return reply.headers(EVENT_HEADERS).send(Readable.from([])); // there is no body to listen to
    reply.hijack();
    const { raw } = reply;
    clients.add(raw);
    const message$ = cursor === undefined ? tail.appended$ : tail.after(cursor, () => drained(raw));
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
    const event$ = merge(message$.pipe(map(({ bytes }) => bytes)), pace$);
    sendEvents(raw, event$, { onDrop: () => clients.dropped++ })
      .pipe(tap({ error: onError }))
      .subscribe({ error: () => raw.destroy() });
  });
}

/** The cursor after which a client goes on, if it gives one. @throws HttpError 400 if what it gives is not one */
function cursorIn({ headers, query }: FastifyRequest<EventsRequest>, past: Past): Cursor | undefined {
  const header = headers['last-event-id'];
  const id = String(header ?? query.after ?? '');
  if (id === '') return undefined;
  if (past.isCursor(id)) return id;
  const name = header === undefined ? 'after' : 'Last-Event-ID';
  throw new HttpError(400, 'bad-request', `${name} ${shown(id)} is not the id of an event: give one that was sent, or none`);
}
