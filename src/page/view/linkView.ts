import {
  combineLatest,
  debounceTime,
  defer,
  exhaustMap,
  from,
  fromEvent,
  map,
  merge,
  mergeMap,
  share,
  switchMap,
  timer,
  withLatestFrom,
} from 'rxjs';
import { formatLink } from '../model/formatLink.js';
import type { Intent } from '../model/Intent.js';
import { parseLink, type Link } from '../model/parseLink.js';
import { copied } from './copied.js';
import { element } from './element.js';
import { shows } from './shows.js';
import type { View } from './View.js';

const DEBOUNCE_MS = 300; // ms: browsers refuse to have the address changed too often
const SAID_MS = 2500; // ms that it is said that the link was copied

/**
 * Keeps in the address what is looked at, so that it can be sent to somebody, and obeys the address when that changes in an
 * open tab. Another device, another clock, and the way between now and then are steps that Back takes back; moments and
 * moves of the map are not.
 */
export const linkView: View = ({ moment$, chosen$, follow$, warm$, look$ }) =>
  defer(() => {
    let before = parseLink(location.hash); // where the address leads to, it is not to lead away from
    const link$ = combineLatest([moment$, chosen$, follow$, warm$, look$]).pipe(
      map(([moment, chosen, follow, heat, look]): Link => ({ moment, chosen, follow: follow && chosen !== undefined, heat, look })),
      share(),
    );
    const keep = (link: Link) => {
      const isStep =
        before.chosen !== link.chosen ||
        before.moment.by !== link.moment.by ||
        (before.moment.at === 'live') !== (link.moment.at === 'live');
      const [address, isOther] = [formatLink(link), formatLink(link) !== formatLink(parseLink(location.hash))];
      if (isOther && isStep) history.pushState(null, '', address === '' ? location.pathname : address);
      else if (isOther) history.replaceState(null, '', address === '' ? location.pathname : address);
      before = link;
    };
    const come = (): Intent[] => {
      before = parseLink(location.hash);
      const { moment, chosen, follow, heat, look } = before;
      return [
        { want: 'device', device: chosen },
        { want: 'moment', ...moment },
        { want: 'look', look },
        { want: 'follow', follow },
        { want: 'heat', heat },
      ];
    };
    const button = element('copy');
    const name = button.textContent;
    const copy$ = fromEvent(button, 'click').pipe(
      withLatestFrom(link$),
      exhaustMap(([, link]) => from(copied(new URL(formatLink(link) || '#', location.href).href))),
      switchMap((isCopied) =>
        timer(0, SAID_MS).pipe(map((round) => (round > 0 ? name : isCopied ? 'Copied' : 'Copy the address of the page'))),
      ),
    );
    return merge(
      shows(link$.pipe(debounceTime(DEBOUNCE_MS)), keep),
      shows(copy$, (text) => {
        button.textContent = text;
      }),
      fromEvent(window, 'popstate').pipe(mergeMap(come)),
    );
  });
