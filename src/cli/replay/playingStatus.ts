import { formatInstant, type Meter, type Pace } from '../../index.js';
import { count, counted, duration, figure, whole } from '../text/words.js';
import { KEYS_SHOWN } from './keys.js';

/** What is known of a replay while it runs. */
export interface Playing {
  readonly meter: Meter;
  readonly pace: Pace;
  /** The arrival time, in µs, that it will end with; `Infinity` if nobody knows. */
  readonly last: number;
  /** The share of it that has been played, from 0 to 1, if known. Shown where the time left is not. */
  readonly share?: number | undefined;
  /** Whether keys steer it. */
  readonly keys: boolean;
}

/** What can be left out where there is no room for it, the least first. */
const DISPENSABLE = ['devices', 'fixes', 'behind', 'date', 'left', 'share'];

/** Stream time, rate, how long it will take at most, fixes, devices, how far behind, and the keys: what there is room for. */
export function playingStatus({ meter, pace: { paused, rate }, last, share, keys }: Playing, width = Infinity): string {
  if (meter.last === undefined)
    return [paused ? 'paused before the first fix' : 'waiting for the first fix', ...(keys ? [KEYS_SHOWN.long] : [])].join(', ');
  const time = formatInstant(meter.last).slice(0, 19);
  const parts = new Map([['time', time]]);
  parts.set('pace', `${paused ? 'paused, ' : ''}rate ${rate === Infinity ? 'max' : figure(rate)}`);
  if (rate < Infinity && last < Infinity) parts.set('left', `${duration((last - meter.last) / 1000 / rate)} left`);
  else if (share !== undefined) parts.set('share', whole(share));
  parts.set('fixes', counted(meter.judged, 'fix', 'fixes')).set('devices', counted(meter.devices, 'device'));
  if (rate < Infinity) parts.set('behind', `behind by ${count(Math.round(meter.behind))} ms`);
  if (keys) parts.set('keys', KEYS_SHOWN.long);
  const line = () => [...parts.values()].join(', ');
  if (keys && line().length > width) parts.set('keys', KEYS_SHOWN.short);
  for (const name of DISPENSABLE) {
    if (line().length <= width) break;
    if (name === 'date') parts.set('time', time.slice(-8));
    else parts.delete(name);
  }
  return line();
}
