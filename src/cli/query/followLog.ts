import { lastValueFrom, takeUntil, tap } from 'rxjs';
import { ask, follow } from '../../index.js';
import { FORMATS } from './formats.js';
import { hasRoom } from './hasRoom.js';
import { aborted, interruption } from '../interruption.js';
import { nothingKnown } from './nothingKnown.js';
import type { Asking, QuerySettings } from './querySettings.js';

/** Prints what is known, and every change as it is flushed, until it is interrupted. @returns whether there was any. */
export async function followLog(settings: QuerySettings, asking: Asking): Promise<boolean> {
  const { output, device, format } = settings;
  const signal = interruption();
  let any = false;
  try {
    if (device !== undefined) {
      const answer = await lastValueFrom(ask(output, device, { ...asking, signal }));
      if (!('fix' in answer)) asking.tell(`${await nothingKnown(settings, device, answer, { ...asking, signal })}; waiting for it`);
    }
    const onReplace = () => { asking.tell(`another log has replaced ${output}: following that`); };
    const changes$ = follow(output, { ...asking, signal, device, onReplace, ready: hasRoom }).pipe(
      tap(() => (any = true)),
      takeUntil(aborted(signal)),
    );
    await lastValueFrom(changes$.pipe(FORMATS[format].endless!(), tap(asking.print)), { defaultValue: '' });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return any;
}
