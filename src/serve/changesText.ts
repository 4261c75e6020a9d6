import type { Readable } from 'node:stream';
import type { Steps } from '../domain/finish.js';
import { fixObject } from '../domain/fixObject.js';
import type { Instant } from '../domain/instant.js';
import { instantText } from '../domain/instantText.js';
import { mapInSteps } from '../domain/mapInSteps.js';
import type { Clock, FixesPage } from '../domain/Past.js';
import { jsonBody } from './jsonBody.js';
import { lateObject } from './lateObject.js';

/** A page of the fixes of all devices as JSON, and until when it is final. */
export function* changesText({ changes, late, next, cursor }: FixesPage, by: Clock, finalUntil: Instant | undefined): Steps<Readable> {
  const changeTexts = yield* mapInSteps(changes, ({ fix, extra }) => JSON.stringify(fixObject(fix, extra)));
  const lateTexts = yield* mapInSteps(late, (row) => JSON.stringify(lateObject(row)));
  const rest = { final_until: instantText(finalUntil), next: next ?? null, cursor };
  return jsonBody(`{"by":"${by}","changes":[`, changeTexts, '],"late":[', lateTexts, `],${JSON.stringify(rest).slice(1)}`);
}
