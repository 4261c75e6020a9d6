import type { Appended, NamedFix } from '../domain/Appended.js';
import type { Steps } from '../domain/finish.js';
import { fixObject } from '../domain/fixObject.js';
import { formatInstant } from '../domain/instant.js';
import { instantText } from '../domain/instantText.js';
import { mapInSteps } from '../domain/mapInSteps.js';
import { lateObject } from './lateObject.js';

/** What was appended, and the event that clients get of it. */
export interface Message extends Appended {
  /** As it goes over the wire. */
  readonly bytes: Buffer;
}

/** Makes an event of what was appended: a `flush`, or a `reset`. Its id is the cursor after which a client goes on. */
export function* messageOf(appended: Appended): Steps<Message> {
  const { type, to, changes, late, corrected = [], finalUntil } = appended;
  if (type === 'reset') return { ...appended, bytes: eventOf('reset', to, '{}') };
  const rows = [...changes, ...late, ...corrected];
  if (rows.length === 0) return { ...appended, bytes: Buffer.from(`id: ${to}\n\n`) }; // what a client goes on after, and no event
  const changeTexts = yield* mapInSteps(changes, ({ fix, extra }) => JSON.stringify(fixObject(fix, extra)));
  const lateTexts = yield* mapInSteps(late, (row) => JSON.stringify(lateObject(row)));
  const correctedTexts = yield* mapInSteps(corrected, (row) => JSON.stringify(lateObject(row)));
  const lists = `"changes":[${changeTexts.join()}],"late":[${lateTexts.join()}],"corrected":[${correctedTexts.join()}]`;
  const times = `"stream_time":"${formatInstant(lastOf(rows))}","final_until":${JSON.stringify(instantText(finalUntil))}`;
  const data = `{${times},${lists}}`;
  return { ...appended, bytes: eventOf('flush', to, data) };
}

function lastOf(rows: readonly NamedFix[]): number {
  return rows.reduce((last, { fix }) => Math.max(last, fix.arrival), -Infinity);
}

function eventOf(event: string, id: string, data: string): Buffer {
  return Buffer.from(`event: ${event}\nid: ${id}\ndata: ${data}\n\n`);
}
