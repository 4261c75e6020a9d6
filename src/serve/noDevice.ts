import type { Steps } from '../domain/finish.js';
import { shown } from '../domain/shown.js';
import { nearDevices, type NearDevices } from '../query/nearDevices.js';
import type { Context } from './Context.js';
import { HttpError } from './HttpError.js';

/** That there is no such device, as a 404 that names those that are spelled alike. */
export async function noDevice(device: string, { served, devices, turns }: Context, signal: AbortSignal): Promise<HttpError> {
  const known = await devices();
  const near = function* (): Steps<NearDevices> {
    return yield* nearDevices(device, yield* known.inOrder());
  };
  const { words } = await turns.finish(near(), signal);
  return new HttpError(404, 'unknown', `unknown device ${shown(device)}: the ${served.kind} ${words}`);
}
