import type { Readable } from 'node:stream';
import type { Steps } from '../domain/finish.js';
import { mapInSteps } from '../domain/mapInSteps.js';
import { jsonBody } from './jsonBody.js';
import type { KnownDevices } from './KnownDevices.js';

/** The ids of all devices, in order, as JSON. */
export function* devicesText(known: KnownDevices): Steps<Readable> {
  const ids = yield* mapInSteps(yield* known.inOrder(), (id) => JSON.stringify(id));
  return jsonBody('{"devices":[', ids, ']}');
}
