import { statSync } from 'node:fs';
import swagger from '@fastify/swagger';
import { fastify, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { map, merge, NEVER, tap } from 'rxjs';
import { FileError } from '../csv/FileError.js';
import { formatInstant, type Instant } from '../domain/instant.js';
import { shown } from '../domain/shown.js';
import { answerInSteps } from '../history/answer.js';
import type { Clock, Span } from '../history/trackIn.js';
import type { Pace } from '../live/Pacing.js';
import { logPaths } from '../log/paths.js';
import { DamagedIndex } from '../lookup/DamagedIndex.js';
import { placeOf } from '../log/placeOf.js';
import type { Figures } from '../report/Distribution.js';
import { Turns } from '../rx/Turns.js';
import { Asked } from './Asked.js';
import { boundConnections } from './boundConnections.js';
import { Counts } from './Counts.js';
import { devicesText } from './devicesText.js';
import { agedObject } from './agedObject.js';
import { fixesText, lineText } from './trackText.js';
import { fleetText } from './fleetText.js';
import { guard, type GuardOptions } from './guard.js';
import { HttpError } from './HttpError.js';
import { invalid } from './invalid.js';
import type { Live } from './Live.js';
import { KnownDevices } from './KnownDevices.js';
import { LogTail } from './LogTail.js';
import { metricsText } from './metricsText.js';
import { type AskedFor, instantIn, momentOf } from './momentOf.js';
import { notKnown } from './notKnown.js';
import { pageFiles } from './pageFiles.js';
import { pageOf } from './pageOf.js';
import { endOf, parsePlace } from './Place.js';
import { refuseBroken } from './refuseBroken.js';
import { SCHEMAS } from './schemas.js';
import { drained, sendEvents } from './sendEvents.js';
import { tripOf } from './tripOf.js';
import { unknownDevice } from './unknownDevice.js';

export interface ServeOptions extends GuardOptions {
  readonly version: string;
  /** The folder with the files of the page. */
  readonly page: string;
  readonly live?: Live | undefined;
  /** Clients that may listen to events at the same time. Default: 1024. */
  readonly mostClients?: number;
  /** How long a connection may take to ask, in ms; twice as long for all that it sends. Default: 5000. */
  readonly patience?: number;
  /** Told why the log could not be read. */
  readonly failed: (error: unknown) => void;
  /** The wall clock, in ms since 1970. */
  readonly now: () => number;
  /** Bytes of memory and seconds of processor time that were used. */
  readonly usage: () => { readonly memory: number; readonly cpu: number };
}

interface OfDevice<Q> {
  readonly Params: { readonly device: string };
  readonly Querystring: Q;
}
type Stretch = Pick<AskedFor, 'by' | 'known_at'> & { readonly from?: string; readonly to?: string };

/** Connections of one address that ask nothing. */
const MOST_IDLE = 64;
const JSON_TYPE = 'application/json; charset=utf-8';
const ENDLESS = { from: -Infinity, to: Infinity } as const;

/**
 * A server of the log at `output`, still to be told to listen: the API of `SCHEMAS`, and the page.
 *
 * One reader of the log for all clients; none of them is ever waited for. Holds the files of the page, an open
 * log, and for each client what the system has not taken yet, 4 MiB at most.
 *
 * @throws FileError if there is no log
 */
export async function serveLog(output: string, options: ServeOptions): Promise<FastifyInstance> {
  const { version, live, tiles, page, mostClients = 1024, patience = 5000, failed, now, usage } = options;
  const path = await placeOf(output);
  const paths = logPaths(path);
  const turns = new Turns();
  const asked = new Asked(path, turns);
  const opened = await asked.ask((history) => ({ place: endOf(history), rows: history.rows, first: history.start, end: history.end }));
  const counts = new Counts();
  counts.verdicts.change = opened.rows[0]!;
  const tail = new LogTail(paths, opened.place, turns, { failed });
  tail.streamTime = opened.end;
  void counts.read(paths, tail.place.late, turns).catch(failed);
  const known = new KnownDevices();
  const reading = tail.message$.subscribe((message) => {
    counts.add(message);
    known.add(message);
  });
  const devicesRead = known.read(asked).catch(failed);
  let clients = 0;
  let dropped = 0;

  const app = fastify({
    bodyLimit: 1024,
    requestTimeout: 2 * patience,
    clientErrorHandler: () => undefined, // refuseBroken is told, too
    http: { requireHostHeader: false, headersTimeout: patience, connectionsCheckingInterval: patience / 5 },
    connectionTimeout: 0,
    exposeHeadRoutes: false, // one would listen to events that have no body
    frameworkErrors: (error, request, reply) => {
      void (reply as FastifyReply)
        .code(error.statusCode ?? 400)
        .send({ error: 'bad-request', message: `${shown(request.url.slice(0, 100))} is not a valid address: ${error.message}` });
    },
    keepAliveTimeout: 5_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 16_384 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: false } },
    return503OnClosing: false,
  });
  refuseBroken(app.server, boundConnections(app.server, { most: mostClients + 256, mostIdle: MOST_IDLE }));
  app.setSerializerCompiler(() => (data) => JSON.stringify(data)); // the schemas of answers are held to by the specs
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (request.signal.aborted) return reply.hijack(); // nobody waits for it any more
    if (error instanceof HttpError) return reply.code(error.statusCode).send({ error: error.error, message: error.message });
    if (error.validation) return reply.code(400).send({ error: 'bad-request', message: invalid(error, request) });
    if (error instanceof DamagedIndex)
      return reply.code(503).send({ error: 'no-log', message: 'the log was changed while it was asked: ask again' });
    if (error instanceof FileError) return reply.code(503).send({ error: 'no-log', message: error.message });
    const status = error.statusCode ?? 500;
    if (status >= 500) failed(error);
    return reply
      .code(status)
      .send({
        error: status >= 500 ? 'fault' : 'bad-request',
        message: status >= 500 ? 'this is a fault in lastfix, please report it' : error.message,
      });
  });
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ error: 'not-found', message: `there is no ${request.method} ${shown(request.url.slice(0, 100))}: see /api/openapi.json` }),
  );
  guard(app, options);
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'lastfix', version, description: 'What was known about any device at any moment.' } },
  });
  app.addHook('onClose', async () => {
    reading.unsubscribe();
    await asked.close();
  });

  const paceNow = (): Pace => live?.state().pace ?? { paused: false, rate: 1 };

  await app.register((api, _, done) => {
    api.get('/api/status', { schema: SCHEMAS.status }, async () => {
      await devicesRead;
      const { start, end, rows } = await asked.ask((history) => ({ start: history.start, end: history.end, rows: history.rows }));
      const last = Math.max(tail.streamTime ?? -Infinity, end ?? -Infinity);
      const { late, duplicate, conflict } = counts.verdicts;
      const state = live?.state();
      return {
        version,
        output,
        replaying: state?.running ?? false,
        steerable: state?.running ?? false,
        ...paceObject(paceNow()),
        stream_time: last === -Infinity ? null : formatInstant(last),
        span: state?.span ? spanOf(state.span.first, state.span.last) : spanOf(start, end),
        rows: rows.reduce((sum, count) => sum + count, 0),
        changes: rows[0]!,
        late,
        duplicate,
        conflict,
        devices: known.size,
        figures: state ? { end_to_end_ms: figuresOf(state.endToEnd), lateness_ms: figuresOf(state.lateness) } : null,
        tiles: tiles ?? null,
      };
    });

    api.get('/api/devices', { schema: SCHEMAS.devices }, async ({ signal }, reply) => {
      await devicesRead;
      return reply.type(JSON_TYPE).send(await turns.finish(devicesText(known), signal));
    });

    api.get<OfDevice<AskedFor>>('/api/devices/:device/fix', { schema: SCHEMAS.fix }, async ({ params: { device }, query, signal }) => {
      const moment = momentOf(query, now);
      const told = await asked.askInTurns((history) => answerInSteps(history, device, moment), signal);
      if (told.known === 'nothing') throw await unknown(device, signal);
      if (told.known !== 'fix') throw notKnown(device, told, query.max_age);
      return agedObject(told.fix, told.extra, told.age);
    });

    api.get<OfDevice<Stretch & { limit: number; after?: string; format: 'json' | 'geojson' }>>(
      '/api/devices/:device/track',
      { schema: SCHEMAS.track },
      async (request, reply) => {
        const {
          params: { device },
          query,
          signal,
        } = request;
        const span = spanAsked(query);
        const isLine = query.format === 'geojson' || (request.headers.accept ?? '').includes('geo+json');
        const body = await asked.askInTurns(function* (history) {
          if (history.firstArrival(device) === undefined) return undefined;
          const page = yield* pageOf(history, device, span, query.limit, query.after);
          return yield* isLine ? lineText(device, page) : fixesText(page, history.extra);
        }, signal);
        if (!body) throw await unknown(device, signal);
        return reply.type(isLine ? 'application/geo+json' : JSON_TYPE).send(body);
      },
    );

    api.get<OfDevice<Stretch>>('/api/devices/:device/trip', { schema: SCHEMAS.trip }, async ({ params: { device }, query, signal }) => {
      const span = spanAsked(query);
      const { isKnown, trip } = await asked.askInTurns(function* (history) {
        return { isKnown: history.firstArrival(device) !== undefined, trip: yield* tripOf(history, device, span) };
      }, signal);
      if (!isKnown) throw await unknown(device, signal);
      if (!trip) throw new HttpError(404, 'later', `device ${shown(device)} has no fix between from and to`);
      return trip;
    });

    api.get<{ Querystring: AskedFor }>('/api/fleet', { schema: SCHEMAS.fleet }, async ({ query, signal }, reply) => {
      const moment = momentOf(query, now);
      const body = await asked.askInTurns((history) => fleetText(history, moment), signal);
      return reply.type(JSON_TYPE).send(body);
    });

    api.get<{ Querystring: { after?: string } }>('/api/events', { schema: SCHEMAS.events }, (request, reply) => {
      if (clients >= mostClients)
        throw new HttpError(503, 'too-many-clients', `${clients} clients listen already, and no more may: try again later`);
      if (reply.raw.socket === null)
        throw new HttpError(
          400,
          'bad-request',
          'events are asked for on a connection that still waits for another answer: use a connection of its own',
        );
      const place = placeAsked(request);
      reply.hijack();
      const { raw } = reply;
      clients++;
      raw.once('close', () => clients--);
      const message$ = place ? tail.after(place, () => drained(raw)) : tail.message$;
      const pace$ = live?.pace$ ?? NEVER;
      const event$ = merge(
        message$.pipe(map(({ bytes }) => bytes)),
        pace$.pipe(map((pace) => `event: pace\ndata: ${JSON.stringify(paceObject(pace))}\n\n`)),
      );
      for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
      sendEvents(raw, event$, () => dropped++).pipe(tap({ error: failed })).subscribe({ error: () => raw.destroy() });
    });

    api.post<{ Body: { command: 'pause' | 'resume' | 'step' | 'rate'; rate?: number | 'max' } }>(
      '/api/control',
      { schema: SCHEMAS.control },
      async ({ body: { command, rate } }) => {
        if ((command === 'rate') !== (rate !== undefined))
          throw new HttpError(
            400,
            'bad-request',
            command === 'rate'
              ? 'rate is missing: give a number above 0, or max'
              : `rate does not go with ${command}: it goes with the command rate`,
          );
        if (!live?.state().running)
          throw new HttpError(
            409,
            'nothing-to-steer',
            live ? 'the replay has ended: there is nothing to steer' : 'a log is served, and no replay: there is nothing to steer',
          );
        return paceObject(
          await live.steer(command === 'rate' ? { type: 'rate', rate: rate === 'max' ? Infinity : rate! } : { type: command }),
        );
      },
    );

    api.get('/metrics', { schema: SCHEMAS.metrics }, async (_, reply) => {
      await devicesRead;
      return reply
        .type('text/plain; version=0.0.4; charset=utf-8')
        .send(
          metricsText({
            counts,
            devices: known.size,
            clients,
            dropped,
            bytes: bytesOf(paths.changes) + bytesOf(paths.late),
            live: live?.state(),
            ...usage(),
          }),
        );
    });
    api.get('/api/openapi.json', { schema: { hide: true } }, () => Promise.resolve(app.swagger()));
    pageFiles(api, page);
    done();
  });
  return app;

  async function unknown(device: string, signal: AbortSignal): Promise<HttpError> {
    await devicesRead;
    return turns.finish(unknownDevice(device, known), signal);
  }

  function spanAsked({ from, to, by = 'event', known_at }: Stretch): Span {
    const span = { from: instantIn('from', from, now) ?? ENDLESS.from, to: instantIn('to', to, now) ?? ENDLESS.to };
    if (span.from > span.to) throw new HttpError(400, 'bad-request', `from ${shown(from!)} is after to ${shown(to!)}: exchange them`);
    return { ...span, by: by satisfies Clock, knownAt: instantIn('known_at', known_at, now) ?? Infinity };
  }
}

function placeAsked({ headers, query }: FastifyRequest<{ Querystring: { after?: string } }>) {
  const header = headers['last-event-id'];
  const id = header ?? query.after ?? '';
  const place = typeof id === 'string' ? parsePlace(id) : undefined;
  if (!place && id !== '')
    throw new HttpError(
      400,
      'bad-request',
      `${header === undefined ? 'after' : 'Last-Event-ID'} ${shown(String(id))} is not the id of an event: give one that was sent, or none`,
    );
  return place;
}

function paceObject({ paused, rate }: Pace) {
  return { paused, rate: rate === Infinity ? 'max' : rate };
}

function spanOf(first: Instant | undefined, last: Instant | undefined) {
  return first === undefined || last === undefined ? null : { first: formatInstant(first), last: formatInstant(last) };
}

function figuresOf(figures: Figures | undefined) {
  return figures ? { p50: figures.p50, p95: figures.p95, p99: figures.p99, max: figures.max } : null;
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
