import { lastValueFrom, toArray } from 'rxjs';
import { type Answer, askDevices, type AskOptions } from '../../index.js';
import { formatDuration } from '../../domain/duration.js';
import { finish } from '../../domain/finish.js';
import { shown } from '../../domain/shown.js';
import { nearDevices } from '../../query/nearDevices.js';
import { noAnswer } from '../../query/noAnswer.js';
import { likest } from '../arguments.js';
import { mistaken } from '../logOf.js';
import { describeMoment } from './describeMoment.js';
import type { Asking, QuerySettings } from './querySettings.js';
import { duration } from '../text/words.js';

/** Why there is no answer, in words; reads the ids of all devices to name those near to an unknown one. */
export async function nothingKnown(
  settings: QuerySettings,
  device: string,
  answer: Answer,
  { source, reads, signal }: Pick<Asking, 'source'> & Pick<AskOptions, 'reads' | 'signal'>,
): Promise<string> {
  const { output, maxAge } = settings;
  if (answer.known === 'nothing') {
    const ids = await lastValueFrom(askDevices(source, { reads, signal }).pipe(toArray()));
    const { near, words } = finish(nearDevices(device, ids));
    const meant = likest(device, near);
    const question = meant === undefined ? '' : `did you mean ${shown(meant)}? `;
    return `unknown device ${shown(device)}: ${question}${output} ${words}${mistaken(device)}`;
  }
  return noAnswer(device, answer, {
    how: describeMoment(answer.known === 'only later' ? { ...settings, by: undefined } : settings),
    age: (micros) => duration(micros / 1000),
    maxAge: maxAge === undefined ? '' : `--max-age is ${formatDuration(maxAge)}`,
  });
}
