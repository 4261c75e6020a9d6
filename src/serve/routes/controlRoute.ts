import type { FastifyInstance } from 'fastify';
import { firstValueFrom } from 'rxjs';
import type { Command } from '../../live/Pacing.js';
import type { Context } from '../Context.js';
import { HttpError } from '../HttpError.js';
import { paceObject } from '../paceObject.js';
import { SCHEMAS } from '../schemas.js';

interface ControlBody {
  readonly command: 'pause' | 'resume' | 'step' | 'rate';
  readonly rate?: number | 'max';
}

/** `POST /api/control` */
export function controlRoute(api: FastifyInstance, { live, served }: Context): void {
  api.post<{ Body: ControlBody }>('/api/control', { schema: SCHEMAS.control }, async ({ body }) => {
    const command = commandOf(body);
    if (live && (await firstValueFrom(live.state$)).running) {
      await live.steer(command);
      return paceObject((await firstValueFrom(live.state$)).pace);
    }
    const why = live ? 'the replay has ended: there is nothing to steer' : `a ${served.kind} is served, and no replay: there is nothing to steer`;
    throw new HttpError(409, 'nothing-to-steer', why);
  });
}

/** @throws HttpError 400 for a rate without its command, or the other way round */
function commandOf({ command, rate }: ControlBody): Command {
  if (command === 'rate') {
    if (rate === undefined) throw new HttpError(400, 'bad-request', 'rate is missing: give a number above 0, or max');
    return { type: 'rate', rate: rate === 'max' ? Infinity : rate };
  }
  if (rate !== undefined) throw new HttpError(400, 'bad-request', `rate does not go with ${command}: it goes with the command rate`);
  return { type: command };
}
