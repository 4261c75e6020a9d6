import { combineLatest, debounceTime } from 'rxjs';
import { formatInstant } from '../../domain/instant.js';
import { shows } from './shows.js';
import type { View } from './View.js';

const REST = 300; // ms: browsers refuse to have the address changed too often

/** Keeps in the address what is looked at, so that it can be sent to somebody. */
export const linkView: View = ({ moment$, chosen$ }) =>
  shows(combineLatest([moment$, chosen$]).pipe(debounceTime(REST)), ([{ at, by }, device]) => {
    const asked = new URLSearchParams();
    if (device !== undefined) asked.set('device', device);
    if (at !== 'live') asked.set('at', formatInstant(at));
    if (by !== 'arrival') asked.set('by', by);
    history.replaceState(null, '', asked.size === 0 ? location.pathname : `#${asked.toString()}`);
  });
