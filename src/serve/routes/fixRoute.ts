import type { FastifyInstance } from 'fastify';
import { fixObject } from '../../domain/fixObject.js';
import { answerInSteps } from '../../history/answer.js';
import type { Context } from '../Context.js';
import { notKnown } from '../notKnown.js';
import { momentOf, type MomentParameters } from '../parameters.js';
import { SCHEMAS } from '../schemas.js';
import { unknownDevice } from '../unknownDevice.js';

/** `GET /api/devices/:device/fix` */
export function fixRoute(api: FastifyInstance, context: Context): void {
  const { past, now } = context;
  api.get<{ Params: { device: string }; Querystring: MomentParameters }>(
    '/api/devices/:device/fix',
    { schema: SCHEMAS.fix },
    async ({ params: { device }, query, signal }) => {
      const moment = momentOf(query, now);
      const answer = await past.askInTurns((history) => answerInSteps(history, device, moment), signal);
      if (answer.known === 'nothing') throw await unknownDevice(device, context, signal);
      if (answer.known !== 'fix') throw notKnown(device, answer, query.max_age);
      return fixObject(answer.fix, answer.extra, answer.age);
    },
  );
}
