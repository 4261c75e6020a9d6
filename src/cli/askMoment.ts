import { filter, lastValueFrom, tap } from 'rxjs';
import { ask, askAll, formatInstant } from '../index.js';
import { FORMATS } from './formats.js';
import { how } from './how.js';
import { nothingKnown } from './nothingKnown.js';
import { print, together } from './print.js';
import type { Asking, QuerySettings } from './querySettings.js';
import { count, duration } from './words.js';

/** Asks for the fix of a device at a moment, or for those of all. @returns whether there is any. */
export async function askMoment(settings: QuerySettings, asking: Asking): Promise<boolean> {
  if (settings.device === undefined) return askFleet(settings, asking);
  const told = await lastValueFrom(ask(settings.output, settings.device, { ...settings, ...asking }));
  if (told.known === 'fix') process.stdout.write(FORMATS[settings.format].one(told, how(settings)));
  else process.stderr.write(`lastfix: ${nothingKnown(settings, settings.device, told)}\n`);
  return told.known === 'fix';
}

async function askFleet(settings: QuerySettings, asking: Asking): Promise<boolean> {
  const { output, format, maxAge } = settings;
  let [known, tooOld] = [0, 0];
  const told$ = askAll(output, { ...settings, ...asking }).pipe(
    tap((told) => { if (told.known === 'fix') known++; else tooOld++; }),
    filter((told) => told.known === 'fix'),
  );
  await print(told$.pipe(FORMATS[format].many(), together()));
  if (tooOld > 0) process.stderr.write(`lastfix: left out ${count(tooOld)} of ${count(known + tooOld)} devices: their latest fixes are older than ${duration(maxAge!)}\n`);
  else if (known === 0) process.stderr.write(`lastfix: nothing known of any device${settings.at === undefined ? '' : ` at ${formatInstant(settings.at)}`}${how(settings)} in ${output}\n`);
  return known > 0;
}
