import type { FastifyInstance } from 'fastify';
import type { Fix } from '../../domain/fix.js';
import { fixObject } from '../../domain/fixObject.js';
import { shown } from '../../domain/shown.js';
import { extendTrip, type Trip } from '../../domain/Trip.js';
import type { Context } from '../Context.js';
import { HttpError } from '../HttpError.js';
import { spanOf, type SpanParameters } from '../parameters.js';
import { SCHEMAS } from '../schemas.js';
import { unknownDevice } from '../unknownDevice.js';

/** `GET /api/devices/:device/trip` */
export function tripRoute(api: FastifyInstance, context: Context): void {
  const { past, now } = context;
  api.get<{ Params: { device: string }; Querystring: SpanParameters }>(
    '/api/devices/:device/trip',
    { schema: SCHEMAS.trip },
    async ({ params: { device }, query, signal }) => {
      const span = spanOf(query, now);
      const { isKnown, trip, copies, extra } = await past.askInTurns(function* (history) {
        let trip: Trip<{ readonly fix: Fix }> | undefined;
        let copies = 0;
        for (const passed of history.trackInSteps(device, span)) {
          if (passed?.isCopy && query.copies === '0') copies++;
          else if (passed) trip = extendTrip(trip, passed);
          yield;
        }
        return { isKnown: history.firstArrival(device) !== undefined, trip, copies, extra: history.extra };
      }, signal);
      if (!isKnown) throw await unknownDevice(device, context, signal);
      if (!trip) throw new HttpError(404, 'later', `device ${shown(device)} has no fix between from and to`);
      const [first, last] = [fixObject(trip.first.fix, extra), fixObject(trip.last.fix, extra)];
      return { first, last, distance_m: trip.metres, fixes: trip.fixes, copies_left_out: copies };
    },
  );
}
