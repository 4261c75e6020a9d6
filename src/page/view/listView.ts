import {
  animationFrameScheduler,
  combineLatest,
  defer,
  EMPTY,
  fromEvent,
  map,
  merge,
  mergeMap,
  observeOn,
  of,
  startWith,
  tap,
  type Observable,
} from 'rxjs';
import { freshness } from '../model/freshness.js';
import type { Intent } from '../model/Intent.js';
import type { Picture } from '../model/Picture.js';
import { count, counted, lasting } from '../model/words.js';
import { AGES } from './AGES.js';
import { element } from './element.js';
import { resized } from './resized.js';
import { shows } from './shows.js';
import type { View } from './View.js';

const HEIGHT = 40; // px of a row, as the style has it
const byName = new Intl.Collator('en', { numeric: true });

/**
 * The devices by their names, only those in sight as elements. Walked by the arrow keys, which choose. The chosen one stays
 * in sight whatever else changes, until somebody scrolls away from it.
 */
export const listView: View = ({ calm$, chosen$ }) =>
  defer(() => {
    const [list, rows, detail, filter] = [element('list'), element('rows'), element('detail'), element('filter', HTMLInputElement)];
    let all: string[] = [];
    let found: string[] = [];
    let named = '';
    let picture: Picture | undefined;
    let chosen: string | undefined;
    let isKept = false; // in sight
    let chosenBy: 'key' | 'click' | undefined;

    const find = () => {
      if (picture === undefined) return;
      const { vehicles } = picture;
      if (all.length !== vehicles.size || all.some((device) => !vehicles.has(device))) all = [...vehicles.keys()].sort(byName.compare);
      else if (named === filter.value && found.length > 0) return;
      named = filter.value;
      const wanted = named.trim().toLowerCase();
      found = wanted === '' ? all : all.filter((device) => device.toLowerCase().includes(wanted));
      element('shown').textContent =
        found.length === all.length ? counted(all.length, 'device') : `${count(found.length)} of ${counted(all.length, 'device')}`;
      rows.style.height = `${found.length * HEIGHT}px`;
    };
    const draw = () => {
      if (picture === undefined) return;
      const first = Math.max(0, Math.floor(list.scrollTop / HEIGHT) - 2);
      const many = Math.ceil(list.clientHeight / HEIGHT) + 4;
      const part = found.slice(first, first + many);
      while (rows.childElementCount > part.length) rows.lastElementChild!.remove();
      while (rows.childElementCount < part.length) rows.append(emptyRow());
      part.forEach((device, i) => {
        fillRow(rows.children[i] as HTMLElement, device, picture!, { position: first + i, all: found.length, chosen: device === chosen });
      });
      if (chosen !== undefined && part.includes(chosen)) list.setAttribute('aria-activedescendant', `device-${found.indexOf(chosen)}`);
      else list.removeAttribute('aria-activedescendant');
    };
    const place = () => (chosen === undefined ? -1 : found.indexOf(chosen) * HEIGHT);
    const keep = () => {
      const top = place();
      if (isKept && top >= 0) list.scrollTop = Math.max(Math.min(list.scrollTop, top), top + HEIGHT - list.clientHeight);
      draw();
    };
    const walk = (event: KeyboardEvent): Observable<Intent> => {
      const index = chosen === undefined ? -1 : found.indexOf(chosen);
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
      shows(combineLatest([calm$, chosen$, fromEvent(filter, 'input').pipe(startWith(undefined))]), ([now, device]) => {
        picture = now;
        find();
        if (device !== chosen) isKept = device !== undefined;
        chosen = device;
        keep();
      }),
      shows(fromEvent(list, 'scroll'), () => {
        const top = place();
        isKept = top >= list.scrollTop && top + HEIGHT <= list.scrollTop + list.clientHeight;
        draw();
      }),
      shows(resized(list), keep),
      shows(chosen$.pipe(observeOn(animationFrameScheduler)), () => {
        // where the page scrolls, too: a row that a key led to stays, a click leads to what is known
        if (chosenBy === 'key') rows.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
        if (chosenBy === 'click') detail.scrollIntoView({ block: 'nearest' });
        chosenBy = undefined;
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
  { vehicles, at }: Picture,
  { position, all, chosen }: { readonly position: number; readonly all: number; readonly chosen: boolean },
): void {
  const event = vehicles.get(device)?.latest.event ?? at;
  const age = freshness(event, at);
  row.id = `device-${position}`;
  row.style.transform = `translateY(${position * HEIGHT}px)`;
  row.dataset['device'] = device;
  row.dataset['age'] = age;
  row.setAttribute('aria-selected', String(chosen));
  row.setAttribute('aria-posinset', String(position + 1));
  row.setAttribute('aria-setsize', String(all));
  const [sign, id, old] = row.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
  sign.textContent = AGES[age].sign;
  id.textContent = device;
  old.textContent = lasting((at - event) / 1e6);
}
