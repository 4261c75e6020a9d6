import { lastValueFrom, takeUntil, tap } from 'rxjs';
import { ask, follow } from '../../index.js';
import { faultOf } from '../../store/faultOf.js';
import { StoreError } from '../../store/StoreError.js';
import { FORMATS } from './formats.js';
import { hasRoom } from './hasRoom.js';
import { aborted, interruption } from '../interruption.js';
import { nothingKnown } from './nothingKnown.js';
import type { Asking, QuerySettings } from './querySettings.js';

/** Prints what is known, and every change as it is flushed, until it is interrupted. @returns whether anything was printed. */
export async function followLog(settings: QuerySettings, asking: Asking): Promise<boolean> {
  const { output, store, device, format } = settings;
  const { source } = asking;
  const signal = interruption();
  let any = false;
  try {
    if (device !== undefined) {
      const answer = await lastValueFrom(ask(source, device, { ...asking, signal }));
      if (!('fix' in answer)) asking.tell(`${await nothingKnown(settings, device, answer, { ...asking, signal })}; waiting for it`);
    }
    const onReplace = () => { asking.tell(`another ${store ? 'store' : 'log'} has replaced ${output}: following that`); };
    let isAway = false;
    const onFailure = (error: unknown) => {
      if (!store || !isUnreachable(error)) return false;
      if (!isAway) asking.tell(`${(error as Error).message}; it is asked again until it answers`);
      return (isAway = true);
    };
    const changes$ = follow(source, { ...asking, signal, device, onReplace, onFailure, ready: hasRoom }).pipe(
      tap(() => {
        any = true;
        isAway = false;
      }),
      takeUntil(aborted(signal)),
    );
    await lastValueFrom(changes$.pipe(FORMATS[format].endless!(), tap(asking.print)), { defaultValue: '' });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return any;
}

/** Whether a database did not answer, and may do so later. */
function isUnreachable(error: unknown): boolean {
  return error instanceof StoreError && faultOf(error.cause) === 'unreachable';
}
