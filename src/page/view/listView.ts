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
import { freshness } from '../model/freshness.js';
import type { Intent } from '../model/Intent.js';
import type { Picture } from '../model/Picture.js';
import { Listing, valueOf, type Kind, type Order } from '../model/Listing.js';
import { count, counted, metresText, lasting } from '../model/words.js';
import { AGES } from './AGES.js';
import { element } from './element.js';
import { resized } from './resized.js';
import { shows } from './shows.js';
import type { View } from './View.js';
import { VirtualRows } from './VirtualRows.js';

const HEIGHT = 40; // px of a row, as the style has it
const FIND_EVERY = 250; // ms until devices that are new are put in their places
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
      const index = place();
      const page = Math.max(1, Math.floor(list.clientHeight / HEIGHT) - 1);
      const next = {
        ArrowDown: index + 1,
        ArrowUp: index < 0 ? 0 : index - 1,
        Home: 0,
        End: found.length - 1,
        PageDown: index + page,
        PageUp: index - page,
      }[event.key];
      if (next === undefined || found.length === 0) return EMPTY;
      event.preventDefault();
      chosenBy = 'key';
      return of({ want: 'device', device: found[Math.max(0, Math.min(found.length - 1, next))]! });
    };

    return merge(
      shows(calm$, (now) => {
        picture = now;
        draw();
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
          find();
          keep();
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

function emptyRow(): HTMLElement {
  const row = document.createElement('div');
  row.className = 'row';
  row.setAttribute('role', 'option');
  for (const name of ['sign', 'id', 'age']) {
    const cell = document.createElement('span');
    cell.className = name;
    row.append(cell);
  }
  return row;
}

function fillRow(
  row: HTMLElement,
  device: string,
  picture: Picture,
  { position, order, chosen }: { readonly position: number; readonly order: Order; readonly chosen: boolean },
): void {
  const { vehicles, at } = picture;
  const vehicle = vehicles.get(device);
  const age = freshness(vehicle?.latest.event ?? at, at);
  row.id = `device-${position}`;
  row.dataset['device'] = device;
  row.dataset['age'] = age;
  row.setAttribute('aria-selected', String(chosen));
  const [sign, id, value] = row.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
  sign.textContent = AGES[age].sign;
  id.textContent = device;
  value.textContent = vehicle === undefined ? '' : inWords(valueOf(vehicle, order === 'id' ? 'age' : order, picture), order);
}

/** What a device is sorted by, in words. */
function inWords(value: number, order: Order): string {
  if (order === 'speed') return value < 0 ? 'unknown' : String(value);
  if (order === 'displacement') return value < 0 ? '–' : metresText(value);
  return lasting(value / 1e6);
}
