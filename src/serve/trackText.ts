import type { Readable } from 'node:stream';
import type { Steps } from '../domain/finish.js';
import { fixObject } from '../domain/fixObject.js';
import { mapInSteps } from '../domain/mapInSteps.js';
import type { TrackPage } from '../domain/Past.js';
import { jsonBody } from './jsonBody.js';

/** A page of a track as JSON. */
export function* trackText({ fixes, extra, copies, next }: TrackPage): Steps<Readable> {
  const texts = yield* mapInSteps(fixes, (fix) => JSON.stringify(fixObject(fix, extra)));
  return jsonBody('{"fixes":[', texts, `],"copies_left_out":${copies},"next":${JSON.stringify(next ?? null)}}`);
}
