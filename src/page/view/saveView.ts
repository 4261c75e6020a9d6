import { combineLatest, defer, filter, fromEvent, map, merge, tap, throttleTime } from 'rxjs';
import { fleetDocuments, trackDocuments, type Document } from '../model/documents.js';
import type { Intent } from '../model/Intent.js';
import { clockTime, counted, reachText } from '../model/words.js';
import { element } from './element.js';
import { shows } from './shows.js';
import type { View } from './View.js';

const LINK_EVERY = 500; // ms
const EDGE = 8; // px between the menu and the window

/** What can be saved of what is shown: a picture of the map, the fleet, and the track of the chosen device. */
export const saveView: View = ({ calm$, chosen$, track$, reach$, zone$ }) =>
  defer(() => {
    const [button, menu] = [element('save'), element('saving')];
    const linked$ = combineLatest([calm$, chosen$, track$, reach$, zone$]).pipe(
      throttleTime(LINK_EVERY, undefined, { leading: true, trailing: true }),
    );
    return merge(
      shows(linked$, ([picture, device, track, minutes, zone]) => {
        const moment = `${clockTime(picture.at, zone)}${zone === 'utc' ? ' UTC' : ''}, as ${picture.by === 'arrival' ? 'arrived' : 'recorded'}`;
        const hasTrack = device !== undefined && track?.device === device && track.fixes.length > 0;
        const reached = `the last ${reachText(minutes)}`;
        element('saveFleetOf').textContent = `${counted(picture.vehicles.size, 'device')}, ${moment}`;
        element('saveTrackOf').textContent =
          device === undefined ? 'Choose a device to save its track.' : hasTrack ? `${reached} before ${moment}` : `No fix in ${reached}.`;
        element('saveDevice').textContent = device ?? 'a device';
        link(element('saveFleet'), 'All devices', picture.vehicles.size > 0 ? fleetDocuments(picture) : []);
        link(element('saveTrack'), `Track of ${device ?? ''}`, hasTrack ? trackDocuments(picture, device, minutes) : []);
      }),
      shows(fromEvent(menu, 'toggle'), () => {
        const isOpen = menu.matches(':popover-open');
        button.setAttribute('aria-expanded', String(isOpen));
        if (isOpen) placeBelow(button, menu);
      }),
      shows(fromEvent(menu, 'click').pipe(filter(({ target }) => target instanceof HTMLAnchorElement)), () => {
        menu.hidePopover();
      }),
      fromEvent(element('savePicture'), 'click').pipe(
        tap(() => { menu.hidePopover(); }),
        map((): Intent => ({ want: 'picture' })),
      ),
    );
  });

/** Has a link to each document, and the one that has the focus stay where it is. */
function link(place: HTMLElement, what: string, documents: readonly Document[]): void {
  while (place.children.length > documents.length) place.lastElementChild!.remove();
  for (const [i, { format, address, file }] of documents.entries()) {
    const anchor = (place.children[i] ?? place.appendChild(document.createElement('a'))) as HTMLAnchorElement;
    anchor.className = 'button small';
    anchor.textContent = format;
    anchor.title = `${what} as ${format}`;
    anchor.setAttribute('aria-label', anchor.title);
    anchor.href = address;
    anchor.download = file;
  }
}

/** Places the menu below its button, and within the window. */
function placeBelow(button: HTMLElement, menu: HTMLElement): void {
  const { left, bottom } = button.getBoundingClientRect();
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  menu.style.left = `${Math.max(EDGE, Math.min(left, width - menu.offsetWidth - EDGE))}px`;
  menu.style.top = `${Math.max(EDGE, Math.min(bottom + 4, height - menu.offsetHeight - EDGE))}px`;
}
