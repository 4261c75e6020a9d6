import { lastValueFrom, map, tap, type Observable } from 'rxjs';
import { ask, formatInstant, track, trip, type NamedFix, type TrackOptions, type Trip } from '../../index.js';
import { shown } from '../../domain/shown.js';
import type { Final } from '../../formats/Final.js';
import { trackDocument } from '../../formats/trackDocument.js';
import type { Trips } from '../../formats/Trips.js';
import { FORMATS, type FormatName } from './formats.js';
import { hasRoom } from './hasRoom.js';
import { nothingKnown } from './nothingKnown.js';
import type { Asking, QuerySettings } from './querySettings.js';
import { together } from './together.js';
import { untilFinal } from './untilFinal.js';
import { count, counted, duration, figure } from '../text/words.js';

/** Asks for the track of a device. @returns whether there is any fix in it. */
export async function askTrack(settings: QuerySettings, asking: Asking): Promise<boolean> {
  const { format, by = 'event' } = settings;
  const device = settings.device!;
  let whole: Trip<NamedFix> | undefined;
  let copies = 0;
  const fixes = (options: TrackOptions = {}) => {
    copies = 0;
    return track(asking.source, device, { ...settings, ...asking, ready: hasRoom, onCopies: (count) => { copies += count; }, ...options });
  };
  const trips = (options: TrackOptions = {}) => fixes(options).pipe(trip(), tap((trip) => (whole = trip)));
  await lastValueFrom(textOf(format, trips, asking.final).pipe(together(), tap(asking.print)), { defaultValue: '' });
  if (whole) {
    const text = summary(whole, by, copies, asking.final);
    if (format === 'table') asking.print(`\n${text}`);
    else if (format === 'json' || format === 'csv') process.stderr.write(text);
    else if (copies > 0) asking.tell(leftOut(copies));
    return true;
  }
  const answer = await lastValueFrom(ask(asking.source, device, asking));
  const between = [settings.from, settings.to]
    .map((moment, i) => (moment === undefined ? '' : ` ${['from', 'to'][i]!} ${formatInstant(moment)}`))
    .join('');
  asking.tell(
    answer.known === 'nothing'
      ? `${await nothingKnown(settings, device, answer, asking)}${untilFinal(asking)}`
      : `no fix of device ${shown(device)}${between} by ${by} time${untilFinal(asking)}`,
  );
  return false;
}

function textOf(format: FormatName, trips: Trips, final: Final | undefined): Observable<string> {
  if (format !== 'table' && format !== 'json') return trackDocument(format, trips);
  return trips().pipe(map(({ last }) => ({ ...last, final })), FORMATS[format].many());
}

function leftOut(copies: number): string {
  return `${counted(copies, 'copy', 'copies')} of fixes left out: --copies lists them`;
}

function summary({ fixes, first, last, metres }: Trip<NamedFix>, by: 'event' | 'arrival', copies: number, final: Final | undefined): string {
  const end = ({ fix }: NamedFix) => `${formatInstant(fix[by])} at ${fix.latitude}, ${fix.longitude}`;
  return [
    ['fixes', `${count(fixes)} in ${duration((last.fix[by] - first.fix[by]) / 1000)}, in the order of their ${by} times`],
    ['first', end(first)],
    ['last', end(last)],
    ['distance', `${figure(metres / 1000)} km along great circles from fix to fix`],
    ...(copies === 0 ? [] : [['copies', leftOut(copies)]]),
    ...(final ? [['final', final.words]] : []),
  ].map(([what, value]) => `${what!.padEnd(10)}${value!}\n`).join('');
}
