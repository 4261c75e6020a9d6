import {
  animationFrameScheduler,
  defer,
  EMPTY,
  fromEvent,
  map,
  merge,
  mergeMap,
  observeOn,
  of,
  tap,
  throttle,
  timer,
  type Observable,
} from 'rxjs';
import type { Intent } from '../model/Intent.js';
import type { Picture } from '../model/Picture.js';
import { Listing, type Kind, type Order } from '../model/Listing.js';
import { count, counted } from '../model/words.js';
import { emptyRow, fillRow } from './deviceRow.js';
import { element } from './element.js';
import { resized } from './resized.js';
import { shows } from './shows.js';
import type { View } from './View.js';
import { VirtualRows } from './VirtualRows.js';
import { walkedTo } from './walkedTo.js';

const HEIGHT = 40; // px of a row, as the style has it
const FIND_EVERY = 500; // ms until devices that are new are put in their places
const LIST_EVERY = 1000; // ms until what changes the order by itself is sorted again

/**
 * The devices, sorted, filtered and found, only those in sight as elements. Walked by the arrow keys, which choose. The chosen
 * one stays in sight whatever else changes, until somebody scrolls away from it.
 */
export const listView: View = ({ calm$, chosen$ }) =>
  defer(() => {
    const [list, rows, detail, filter] = [element('list'), element('rows'), element('detail'), element('filter', HTMLInputElement)];
    const [order, kind] = [element('order', HTMLSelectElement), element('kind', HTMLSelectElement)];
    const listing = new Listing();
    let found: readonly string[] = [];
    let picture: Picture | undefined;
    let chosen: string | undefined;
    let isKept = false; // in sight
    let height = 0; // px of the list when the chosen one was brought into sight last
    let chosenBy: 'key' | 'click' | undefined;
    let isWalked = false; // by keys, since it was clicked last

    const virtual = new VirtualRows<string>(list, rows, {
      height: HEIGHT,
      make: emptyRow,
      fill: (row, device, position) => {
        fillRow(row, device, picture!, { position, order: order.value as Order, chosen: device === chosen });
      },
    });
    const find = () => {
      if (picture === undefined) return;
      found = listing.of(picture, { wanted: filter.value, order: order.value as Order, kind: kind.value as Kind });
      const all = picture.vehicles.size;
      element('shown').textContent = found.length === all ? counted(all, 'device') : `${count(found.length)} of ${counted(all, 'device')}`;
    };
    const draw = () => {
      if (picture === undefined) return;
      virtual.draw();
      mark();
    };
    const mark = () => {
      if (rows.querySelector('[aria-selected="true"]')) list.setAttribute('aria-activedescendant', `device-${place()}`);
      else list.removeAttribute('aria-activedescendant');
    };
    const place = () => (chosen === undefined ? -1 : found.indexOf(chosen));
    const keep = () => {
      virtual.take(found);
      height = list.clientHeight;
      if (isKept && place() >= 0) virtual.keep(place());
      draw();
    };
    const stay = () => rows.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    const walk = (event: KeyboardEvent): Observable<Intent> => {
      const next = walkedTo(event.key, place(), { rows: found.length, page: Math.floor(list.clientHeight / HEIGHT) - 1 });
      if (next === undefined) return EMPTY;
      event.preventDefault();
      chosenBy = 'key';
      return of({ want: 'device', device: found[next]! });
    };

    return merge(
      shows(calm$, (now) => {
        picture = now;
        virtual.fill();
        mark();
      }),
      shows(
        merge(
          fromEvent(filter, 'input'),
          fromEvent(order, 'change'),
          fromEvent(kind, 'change'),
          calm$.pipe(
            throttle(() => timer(order.value === 'id' && kind.value === 'all' ? FIND_EVERY : LIST_EVERY), {
              leading: true,
              trailing: true,
            }),
          ),
        ),
        () => {
          const before = found;
          find();
          if (found !== before) keep();
        },
      ),
      shows(chosen$, (device) => {
        isKept = device !== undefined;
        chosen = device;
        keep();
      }),
      shows(fromEvent(list, 'scroll'), () => {
        if (list.clientHeight === height) isKept = virtual.shows(place()); // or else it has yet to be kept in the new one
        draw();
      }),
      shows(resized(list), keep),
      shows(chosen$.pipe(observeOn(animationFrameScheduler)), () => {
        // where the page scrolls, too: a row that a key led to stays, a click leads to what is known
        if (chosenBy !== undefined) isWalked = chosenBy === 'key';
        if (chosenBy === 'key') stay();
        if (chosenBy === 'click') detail.scrollIntoView({ block: 'nearest' });
        chosenBy = undefined;
      }),
      shows(resized(detail), () => {
        if (isWalked && document.activeElement === list) stay(); // though what is known takes more room
      }),
      fromEvent<KeyboardEvent>(list, 'keydown').pipe(mergeMap(walk)),
      fromEvent<KeyboardEvent>(filter, 'keydown').pipe(
        mergeMap((event) =>
          event.key === 'ArrowDown'
            ? walk(event).pipe(
                tap(() => {
                  list.focus();
                }),
              )
            : event.key === 'Enter' && found.length > 0
              ? of<Intent>({ want: 'device', device: found[0]! })
              : EMPTY,
        ),
      ),
      fromEvent<MouseEvent>(rows, 'click').pipe(
        map((event) => (event.target as HTMLElement).closest<HTMLElement>('.row')?.dataset['device']),
        mergeMap((device) => (device === undefined ? EMPTY : of<Intent>({ want: 'device', device }))),
        tap(() => {
          chosenBy = 'click';
        }),
      ),
    );
  });
