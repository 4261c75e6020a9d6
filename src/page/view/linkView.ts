import { combineLatest, debounceTime, defer, fromEvent, map, merge, mergeMap } from 'rxjs';
import { formatLink } from '../model/formatLink.js';
import type { Intent } from '../model/Intent.js';
import { parseLink, type Link } from '../model/parseLink.js';
import { shows } from './shows.js';
import type { View } from './View.js';

const DEBOUNCE_MS = 300; // ms: browsers refuse to have the address changed too often

/**
 * Keeps in the address what is looked at, so that it can be sent to somebody, and obeys the address when that changes in an
 * open tab. Another device, another clock, and the way between now and then are steps that Back takes back; moments are not.
 */
export const linkView: View = ({ moment$, chosen$ }) =>
  defer(() => {
    let before: Link | undefined;
    let hasCome = true; // where the address leads to, it is not to lead away from
    const keep = (link: Link) => {
      const isStep =
        before !== undefined &&
        (before.chosen !== link.chosen ||
          before.moment.by !== link.moment.by ||
          (before.moment.at === 'live') !== (link.moment.at === 'live'));
      const [address, isOther] = [formatLink(link), formatLink(link) !== location.hash];
      if (isOther && isStep && !hasCome) history.pushState(null, '', address === '' ? location.pathname : address);
      else if (isOther) history.replaceState(null, '', address === '' ? location.pathname : address);
      before = link;
      hasCome = false;
    };
    const come = (): Intent[] => {
      const { moment, chosen } = parseLink(location.hash);
      hasCome = true;
      return [{ want: 'device', device: chosen }, { want: 'moment', ...moment }];
    };
    return merge(
      shows(combineLatest([moment$, chosen$]).pipe(debounceTime(DEBOUNCE_MS), map(([moment, chosen]): Link => ({ moment, chosen }))), keep),
      fromEvent(window, 'popstate').pipe(mergeMap(come)),
    );
  });
