import { filter, lastValueFrom, map, tap } from 'rxjs';
import { ask, askAll, formatInstant } from '../../index.js';
import { formatDuration } from '../../domain/duration.js';
import { FORMATS } from './formats.js';
import { describeMoment } from './describeMoment.js';
import { nothingKnown } from './nothingKnown.js';
import type { Asking, QuerySettings } from './querySettings.js';
import { untilFinal } from './untilFinal.js';
import { together } from './together.js';
import { count, counted } from '../text/words.js';

/** Asks for the fix of a device at a moment, or for those of all. @returns whether there is any. */
export async function askMoment(settings: QuerySettings, asking: Asking): Promise<boolean> {
  if (settings.device === undefined) return askFleet(settings, asking);
  const answer = await lastValueFrom(ask(asking.source, settings.device, { ...settings, ...asking }));
  if (answer.known === 'fix') asking.print(FORMATS[settings.format].one({ ...answer, final: asking.final }, describeMoment(settings)));
  else asking.tell(`${await nothingKnown(settings, settings.device, answer, asking)}${untilFinal(asking)}`);
  return answer.known === 'fix';
}

async function askFleet(settings: QuerySettings, asking: Asking): Promise<boolean> {
  const { output, format, maxAge } = settings;
  let [known, tooOld] = [0, 0];
  const answer$ = askAll(asking.source, { ...settings, ...asking }).pipe(
    tap((answer) => { if (answer.known === 'fix') known++; else tooOld++; }),
    filter((answer) => answer.known === 'fix'),
    map((answer) => ({ ...answer, final: asking.final })),
  );
  await lastValueFrom(answer$.pipe(FORMATS[format].many(Infinity), together(), tap(asking.print)), { defaultValue: '' });
  if (known > 0 && format === 'table' && asking.final) asking.print(`\nfinal     ${asking.final.words}\n`);
  if (tooOld > 0)
    asking.tell(
      `left out ${count(tooOld)} of ${counted(known + tooOld, 'device')}: the latest fix is older than --max-age ${formatDuration(maxAge!)}`,
    );
  else if (known === 0)
    asking.tell(
      `nothing known of any device${settings.at === undefined ? '' : ` at ${formatInstant(settings.at)}`}${describeMoment(settings)} in ${output}${untilFinal(asking)}`,
    );
  return known > 0;
}
