import type { Readable } from 'node:stream';
import type { Steps } from '../domain/finish.js';
import { fixObject } from '../domain/fixObject.js';
import type { Instant } from '../domain/instant.js';
import { instantText } from '../domain/instantText.js';
import { mapInSteps } from '../domain/mapInSteps.js';
import type { TrackPage } from '../domain/Past.js';
import { jsonBody } from './jsonBody.js';

/** A page of a track as JSON, and until when it is final. */
export function* trackText({ fixes, extra, copies, next, cursor }: TrackPage, finalUntil: Instant | undefined): Steps<Readable> {
  const texts = yield* mapInSteps(fixes, (fix) => JSON.stringify(fixObject(fix, extra)));
  const rest = { copies_left_out: copies, final_until: instantText(finalUntil), next: next ?? null, cursor };
  return jsonBody('{"fixes":[', texts, `],${JSON.stringify(rest).slice(1)}`);
}
