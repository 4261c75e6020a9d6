import type { Steps } from '../domain/finish.js';
import { shown } from '../domain/shown.js';
import { nearest } from '../query/nearest.js';
import type { Context } from './Context.js';
import { HttpError } from './HttpError.js';
import type { KnownDevices } from './KnownDevices.js';

const NAMED = 8;
/** A longer id is no misspelling, and would take long to compare with all. */
const LONGEST = 64;

/** That there is no such device, as a 404 that names those that are spelled alike. */
export async function unknownDevice(device: string, { devices, turns }: Context, signal: AbortSignal): Promise<HttpError> {
  return turns.finish(errorOf(device, await devices()), signal);
}

function* errorOf(device: string, known: KnownDevices): Steps<HttpError> {
  const ids = yield* known.inOrder();
  const near = device.length > LONGEST ? ids.slice(0, NAMED) : yield* nearest(device, shortOnes(ids), NAMED);
  const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '';
  return new HttpError(
    404,
    'unknown',
    `unknown device ${shown(device)}: the log ${near.length === 0 ? 'holds no fix' : `knows ${near.map((id) => shown(id)).join(', ')}${more}`}`,
  );
}

function* shortOnes(ids: readonly string[]): Generator<string, void, undefined> {
  for (const id of ids) if (id.length <= LONGEST) yield id;
}
