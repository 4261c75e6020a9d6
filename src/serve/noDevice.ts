import type { Steps } from '../domain/finish.js';
import type { Instant } from '../domain/instant.js';
import { shown } from '../domain/shown.js';
import { nearDevices, type NearDevices } from '../query/nearDevices.js';
import type { Context } from './Context.js';
import type { HttpError } from './HttpError.js';
import { nothingKnown } from './nothingKnown.js';

/** That there is no such device, as a 404 that names those that are spelled alike. */
export async function noDevice(
  device: string,
  finalUntil: Instant | undefined,
  { served, devices, turns }: Context,
  signal: AbortSignal,
): Promise<HttpError> {
  const known = await devices();
  const near = function* (): Steps<NearDevices> {
    return yield* nearDevices(device, yield* known.inOrder());
  };
  const { words } = await turns.finish(near(), signal);
  return nothingKnown('unknown', `unknown device ${shown(device)}: the ${served.kind} ${words}`, finalUntil);
}
