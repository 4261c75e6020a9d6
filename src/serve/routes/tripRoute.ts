import type { FastifyInstance } from 'fastify';
import type { NamedFix } from '../../domain/Appended.js';
import { fixObject } from '../../domain/fixObject.js';
import { instantText } from '../../domain/instantText.js';
import { extendTrip, type Trip } from '../../domain/Trip.js';
import type { Context } from '../Context.js';
import { noDevice } from '../noDevice.js';
import { noFixBetween } from '../noFixBetween.js';
import { spanOf, type SpanParameters } from '../parameters.js';
import { SCHEMAS } from '../schemas.js';

/** `GET /api/devices/:device/trip` */
export function tripRoute(api: FastifyInstance, context: Context): void {
  const { served, past, now } = context;
  api.get<{ Params: { device: string }; Querystring: SpanParameters }>(
    '/api/devices/:device/trip',
    { schema: SCHEMAS.trip },
    async ({ params: { device }, query, signal }) => {
      const span = spanOf(query, now);
      const finalUntil = await served.finalUntil(signal);
      let trip: Trip<NamedFix> | undefined;
      let copies = 0;
      for await (const page of past.track(device, span, { copies: query.copies === '1', signal })) {
        copies += page.copies;
        for (const fix of page.fixes) trip = extendTrip(trip, { fix, extra: page.extra });
      }
      if (trip) {
        const [first, last] = [objectOf(trip.first), objectOf(trip.last)];
        const found = { first, last, distance_metres: trip.metres, fixes: trip.fixes, copies_left_out: copies };
        return { ...found, final_until: instantText(finalUntil) };
      }
      if (!(await past.first(device, signal))) throw await noDevice(device, finalUntil, context, signal);
      throw noFixBetween(device, finalUntil);
    },
  );
}

function objectOf({ fix, extra }: NamedFix) {
  return fixObject(fix, extra);
}
