import { finish, formatDuration, formatInstant, nearest, shown, type Told } from '../../index.js';
import { likest } from '../arguments.js';
import { mistaken } from '../logOf.js';
import { how } from './how.js';
import type { QuerySettings } from './querySettings.js';
import { count, duration } from '../text/words.js';

/** How many devices are named when there is another. */
const NAMED = 8;

/** Why there is no answer, in words. */
export function nothingKnown(settings: QuerySettings, device: string, told: Told): string {
  const { output, maxAge } = settings;
  if ('fix' in told) {
    const { fix, asked, age } = told;
    return `too old: the latest fix of device ${shown(device)} at ${formatInstant(asked)}${how(settings)} is of ${formatInstant(fix.event)}, ${duration(age / 1000)} before that, and --max-age is ${formatDuration(maxAge!)}`;
  }
  if (told.known === 'only later') {
    const { asked, first } = told;
    if (told.by === 'arrival')
      return `nothing known of device ${shown(device)} at ${formatInstant(asked)}: its first fix arrived at ${formatInstant(first)}`;
    return `nothing known of where device ${shown(device)} was at ${formatInstant(asked)}${how({ ...settings, by: undefined })}: its first fix was taken at ${formatInstant(first)}`;
  }
  const near = finish(nearest(device, told.devices, NAMED));
  const some = near.map((name) => shown(name)).join(', ');
  const meant = likest(device, near);
  const more = told.devices.size - NAMED;
  return `unknown device ${shown(device)}: ${meant === undefined ? '' : `did you mean ${shown(meant)}? `}${output} ${told.devices.size === 0 ? 'holds no fix' : `knows ${some}${more > 0 ? ` and ${count(more)} more` : ''}`}${mistaken(device)}`;
}
