import type { FastifyInstance } from 'fastify';
import { FINAL_COLUMN } from '../../domain/columns.js';
import { fixObject } from '../../domain/fixObject.js';
import { instantText } from '../../domain/instantText.js';
import { noAnswer } from '../../query/noAnswer.js';
import type { Context } from '../Context.js';
import { noDevice } from '../noDevice.js';
import { nothingKnown } from '../nothingKnown.js';
import { momentOf, type MomentParameters } from '../parameters.js';
import { SCHEMAS } from '../schemas.js';

/** `GET /api/devices/:device/fix` */
export function fixRoute(api: FastifyInstance, context: Context): void {
  const { served, past, now } = context;
  api.get<{ Params: { device: string }; Querystring: MomentParameters }>(
    '/api/devices/:device/fix',
    { schema: SCHEMAS.fix },
    async ({ params: { device }, query, signal }) => {
      const moment = momentOf(query, now);
      const finalUntil = await served.finalUntil(signal);
      const answer = await past.newest(device, moment, signal);
      if (answer.known === 'fix') return { ...fixObject(answer.fix, answer.extra, answer.age), [FINAL_COLUMN]: instantText(finalUntil) };
      if (answer.known === 'nothing') throw await noDevice(device, finalUntil, context, signal);
      const age = (micros: number) => `${micros / 1e6} s`;
      const why = noAnswer(device, answer, { age, maxAge: `max_age is ${query.max_age}` });
      throw nothingKnown(answer.known === 'too old' ? 'too-old' : 'later', why, finalUntil);
    },
  );
}
