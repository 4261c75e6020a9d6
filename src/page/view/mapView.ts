import L from 'leaflet';
import { animationFrameScheduler, combineLatest, defer, filter, finalize, fromEvent, map, merge, startWith, switchMap, take } from 'rxjs';
import { FleetMap } from '../map/FleetMap.js';
import { inksOf } from '../map/inksOf.js';
import { land$ } from '../map/land.js';
import type { Intent } from '../model/Intent.js';
import { element } from './element.js';
import { inks$ } from './inks.js';
import { legend } from './legend.js';
import { resized } from './resized.js';
import { shows } from './shows.js';
import type { View } from './View.js';

/** The map of the fleet, its legend and its scale. A click chooses a device. */
export const mapView: View = ({ picture$, chosen$, track$, status$ }, intent$) =>
  defer(() => {
    const [place, below] = [element('map'), element('below')];
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const fleet = new FleetMap(place, {
      inks: inksOf(document.documentElement),
      still,
      now: () => animationFrameScheduler.now(),
      covered: () => below.offsetHeight,
    });
    place.setAttribute('aria-label', 'Map: arrow keys move it, plus and minus zoom');
    legend(element('legend'));
    below.append(L.control.scale({ imperial: false, maxWidth: 120 }).addTo(fleet.map).getContainer()!);

    return merge(
      shows(inks$, (inks) => {
        fleet.colour(inks);
      }),
      shows(
        picture$.pipe(
          take(1),
          switchMap(() => land$),
        ),
        (land) => {
          fleet.showLand(land);
        },
      ), // the fleet first
      shows(picture$, (picture) => {
        fleet.show(picture);
      }),
      shows(combineLatest([chosen$, track$.pipe(startWith(undefined))]), ([device, track]) => {
        fleet.choose(device, track);
      }),
      shows(fromEvent(element('fit'), 'click'), () => {
        fleet.showAll();
      }),
      shows(intent$.pipe(filter(({ want }) => want === 'near')), () => {
        fleet.showChosen();
      }),
      shows(merge(resized(place), resized(below)), () => {
        fleet.resize();
      }),
      shows(
        status$.pipe(
          map(({ tiles }) => tiles),
          filter((url) => typeof url === 'string'),
          take(1),
        ),
        (url) => {
          fleet.showTiles(url);
        },
      ),
      fromEvent(fleet.map, 'click').pipe(
        map((event): Intent => ({ want: 'device', device: fleet.deviceAt((event as L.LeafletMouseEvent).containerPoint) })),
      ),
    ).pipe(
      finalize(() => {
        fleet.remove();
      }),
    );
  });
