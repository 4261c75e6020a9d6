import { fromEvent, map, merge } from 'rxjs';
import type { Intent } from '../model/Intent.js';
import type { Zone } from '../model/words.js';
import { element } from './element.js';
import { shows } from './shows.js';
import type { View } from './View.js';

const KEY = 'lastfix.zone';

/** The zone that was chosen when the page was open before. */
export const rememberedZone = (): Zone => (stored() === 'local' ? 'local' : 'utc');

/** The switch between universal and local time, which the browser remembers. */
export const zoneView: View = ({ zone$ }) => {
  const button = element('zone');
  return merge(
    shows(zone$, (zone) => {
      button.textContent = zone === 'utc' ? 'UTC' : 'Local';
      button.title = zone === 'utc' ? 'Universal time: change to local time (u)' : 'Local time: change to UTC (u)';
      button.dataset['zone'] = zone;
      if (stored() !== zone && !(zone === 'utc' && stored() === undefined)) store(zone);
    }),
    fromEvent(button, 'click').pipe(map((): Intent => ({ want: 'zone', zone: button.dataset['zone'] === 'utc' ? 'local' : 'utc' }))),
  );
};

function stored(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined; // the browser keeps nothing: the zone is that of this visit
  }
}

function store(zone: Zone): void {
  try {
    localStorage.setItem(KEY, zone);
  } catch {
    return; // as above
  }
}
