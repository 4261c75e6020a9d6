import { combineLatest, defer, filter, fromEvent, map, merge, mergeMap, startWith, tap, throttleTime } from 'rxjs';
import type { Clock } from '../api/served.js';
import type { Displaced } from '../model/displacement.js';
import type { Intent } from '../model/Intent.js';
import type { Sighting } from '../model/Sighting.js';
import { clockTime, counted, metresText, type Zone } from '../model/words.js';
import { element } from './element.js';
import { resized } from './resized.js';
import { say } from './say.js';
import { shows } from './shows.js';
import type { View } from './View.js';
import { VirtualRows } from './VirtualRows.js';

const HEIGHT = 76; // px of a row, as the style has it
const LIST_EVERY = 500; // ms

/** The devices that the two clocks show at different places, the furthest first; a click leads to both places. */
export const differView: View = ({ calm$, zone$ }) =>
  defer(() => {
    const [list, rows, differs] = [element('differList'), element('differRows'), element('differs', HTMLDetailsElement)];
    let by: Clock = 'arrival';
    let zone: Zone = 'utc';
    const virtual = new VirtualRows<Displaced>(list, rows, {
      height: HEIGHT,
      make: emptyRow,
      fill: (row, { device, here, there, metres }, position) => {
        const [first, second] = by === 'arrival' ? [here, there] : [there, here];
        row.dataset['position'] = String(position);
        const texts = [device, metresText(metres), 'as arrived', placed(first, zone), 'as recorded', placed(second, zone)];
        row.querySelectorAll('span span, b span').forEach((cell, i) => { say(cell, texts[i]!); });
      },
    });
    return merge(
      shows(
        combineLatest([calm$, zone$, fromEvent(differs, 'toggle').pipe(startWith(undefined))]).pipe(
          throttleTime(LIST_EVERY, undefined, { leading: true, trailing: true }),
        ),
        ([picture, zoneNow]) => {
          [by, zone] = [picture.by, zoneNow];
          const found = [...picture.displaced.values()].sort((a, b) => b.metres - a.metres);
          element('differing').hidden = found.length === 0;
          say(element('differCount'), `Where they differ: ${counted(found.length, 'device')}`);
          virtual.take(found);
          if (differs.open) virtual.draw();
        },
      ),
      shows(merge(fromEvent(list, 'scroll'), resized(list)), () => {
        virtual.draw();
      }),
      merge(
        fromEvent<MouseEvent>(rows, 'click').pipe(map(({ target }) => target as HTMLElement)),
        fromEvent<KeyboardEvent>(list, 'keydown').pipe(
          filter(({ key }) => key === 'Enter' || key === ' '),
          tap((event) => {
            event.preventDefault();
            event.stopPropagation();
          }),
          map(({ target }) => target as HTMLElement),
        ),
      ).pipe(
        map((target) => virtual.items[Number(target.closest<HTMLElement>('.both')?.dataset['position'] ?? -1)]),
        mergeMap((one): Intent[] =>
          one === undefined ? [] : [{ want: 'device', device: one.device }, { want: 'both', fixes: [one.here, one.there] }],
        ),
      ),
    );
  });

const placed = ({ event, latitude, longitude }: Sighting, zone: Zone) =>
  `${clockTime(event, zone)} · ${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;

function emptyRow(): HTMLElement {
  const row = document.createElement('div');
  row.className = 'both';
  row.tabIndex = 0;
  row.setAttribute('role', 'listitem');
  const [title, first, second] = [document.createElement('b'), document.createElement('span'), document.createElement('span')];
  for (const line of [title, first, second]) line.append(document.createElement('span'), document.createElement('span'));
  row.append(title, first, second);
  return row;
}
