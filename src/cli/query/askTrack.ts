import { lastValueFrom, map, tap } from 'rxjs';
import { ask, formatInstant, shown, track, trip, type Tracked, type TrackOptions, type Trip } from '../../index.js';
import { FORMATS } from './formats.js';
import { hasRoom } from './hasRoom.js';
import { nothingKnown } from './nothingKnown.js';
import type { Asking, QuerySettings } from './querySettings.js';
import { together } from './together.js';
import { trackGeojson } from './trackGeojson.js';
import { count, duration, figure } from '../text/words.js';

/** Asks for the track of a device. @returns whether there is any fix in it. */
export async function askTrack(settings: QuerySettings, asking: Asking): Promise<boolean> {
  const { output, format, by = 'event' } = settings;
  const device = settings.device!;
  let whole: Trip<Tracked> | undefined;
  const trips = (options: TrackOptions = {}) =>
    track(output, device, { ...settings, ...asking, ready: hasRoom, ...options }).pipe(
      trip(),
      tap((trip) => (whole = trip)),
    );
  const text$ = format === 'geojson' ? trackGeojson(trips) : trips().pipe(map(({ last }) => last), FORMATS[format].many());
  await lastValueFrom(text$.pipe(together(), tap(asking.print)), { defaultValue: '' });
  if (whole) {
    if (format === 'table') asking.print(`\n${summary(whole, by)}`);
    else if (format !== 'geojson') process.stderr.write(summary(whole, by));
    return true;
  }
  const told = await lastValueFrom(ask(output, device, asking));
  const between = [settings.from, settings.to]
    .map((moment, i) => (moment === undefined ? '' : ` ${['from', 'to'][i]!} ${formatInstant(moment)}`))
    .join('');
  asking.tell(
    told.known === 'nothing' ? nothingKnown(settings, device, told) : `no fix of device ${shown(device)}${between} by ${by} time`,
  );
  return false;
}

function summary({ fixes, first, last, metres }: Trip<Tracked>, by: 'event' | 'arrival'): string {
  const end = ({ fix }: Tracked) => `${formatInstant(fix[by])} at ${fix.latitude}, ${fix.longitude}`;
  return [
    ['fixes', `${count(fixes)} in ${duration((last.fix[by] - first.fix[by]) / 1000)}, in the order of their ${by} times`],
    ['first', end(first)],
    ['last', end(last)],
    ['distance', `${figure(metres / 1000)} km along great circles from fix to fix`],
  ].map(([what, value]) => `${what!.padEnd(10)}${value!}\n`).join('');
}
