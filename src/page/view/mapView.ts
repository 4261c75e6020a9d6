import L from 'leaflet';
import {
  animationFrameScheduler,
  auditTime,
  catchError,
  combineLatest,
  defer,
  distinctUntilChanged,
  filter,
  finalize,
  fromEvent,
  map,
  merge,
  of,
  startWith,
  Subject,
  switchMap,
  take,
} from 'rxjs';
import { FleetMap } from '../map/FleetMap.js';
import { inksOf } from '../map/inksOf.js';
import { groundOf } from '../model/groundOf.js';
import type { Intent, Sight } from '../model/Intent.js';
import { boxesOver } from './boxesOver.js';
import { element } from './element.js';
import { inks$ } from './inks.js';
import { legend } from './legend.js';
import { pictures } from './pictures.js';
import { resized } from './resized.js';
import { shows } from './shows.js';
import { Tip } from './Tip.js';
import type { View } from './View.js';

const OVER = '.leaflet-control-zoom, #fit, #heat, #legend, #ground, .leaflet-control-scale';

/** The map of the fleet, its legend and its scale. A click chooses a device. */
export const mapView: View = (model, intent$) =>
  defer(() => {
    const { picture$, calm$, chosen$, track$, status$, follow$, look$, pointed$, zone$, unit$, heat$, land$ } = model;
    const own$ = new Subject<Intent>();
    const [place, below, ground] = [element('map'), element('below'), element('ground')];
    const tip = new Tip(element('tip'));
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const fleet = new FleetMap(place, {
      inks: inksOf(document.documentElement),
      still,
      now: () => animationFrameScheduler.now(),
      over: () => boxesOver(place, [...document.querySelectorAll(OVER)]),
      onLook: (look) => { own$.next({ want: 'look', look }); },
    });
    place.setAttribute('aria-label', 'Map: arrow keys move it, plus and minus zoom');
    legend(element('legend'));
    const scale = L.control.scale({ imperial: false, maxWidth: 120 }).addTo(fleet.map).getContainer()!;
    below.append(scale);

    const pointer$ = merge(
      fromEvent(fleet.map, 'mousemove').pipe(map((event) => (event as L.LeafletMouseEvent).containerPoint)),
      merge(fromEvent(fleet.map, 'mouseout'), fromEvent(fleet.map, 'dragstart')).pipe(map(() => undefined)),
    ).pipe(auditTime(0, animationFrameScheduler));

    /** Whose the tiles are, if there are some, and they say so. */
    const said$ = status$.pipe(
      map(({ tiles }) => tiles),
      filter((tiles) => typeof tiles === 'string'),
      take(1),
      switchMap((tiles) => fleet.showTiles(tiles)),
      catchError((error: unknown) => {
        own$.next({ want: 'tell', trouble: `The tiles cannot be shown: ${(error as Error).message}` });
        return of('');
      }),
      startWith(''),
    );

    return merge(
      shows(inks$, (inks) => {
        fleet.colour(inks);
      }),
      shows(land$, (land) => {
        fleet.showLand(land);
      }),
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
      shows(combineLatest([status$, said$, fromEvent(fleet.map, 'zoomend').pipe(startWith(undefined))]), ([status, said]) => {
        const words = groundOf({ ...status, attribution: status.attribution ?? (said === '' ? null : said) }, 256 * 2 ** fleet.map.getZoom());
        if (ground.textContent !== words) ground.textContent = words;
      }),
      shows(heat$, (heat) => {
        fleet.showHeat(heat);
      }),
      merge(fromEvent(fleet.map, 'moveend resize'), resized(place)).pipe(map((): Intent => ({ want: 'sight', sight: sightOf(fleet.map) }))),
      shows(follow$, (follows) => {
        fleet.follow(follows);
      }),
      shows(look$, (look) => {
        fleet.lookAt(look);
      }),
      shows(pointed$, (fix) => {
        fleet.point(fix);
      }),
      shows(intent$.pipe(filter((intent) => intent.want === 'both')), ({ fixes }) => {
        fleet.showBoth(fixes);
      }),
      own$,
      pictures(fleet, scale.querySelector<HTMLElement>('.leaflet-control-scale-line')!, model, intent$),
      merge(
        fromEvent(fleet.map, 'dragstart'),
        fromEvent<KeyboardEvent>(place, 'keydown').pipe(filter(({ key }) => key.startsWith('Arrow'))),
      ).pipe(map((): Intent => ({ want: 'follow', follow: false }))),
      pointer$.pipe(
        switchMap((at) => combineLatest([of(at), calm$, zone$, unit$])),
        map(([at, { at: moment }, zone, unit]) => {
          const hit = at && fleet.hitAt(at);
          tip.show(hit, at, { zone, at: moment, unit });
          place.style.cursor = hit ? 'pointer' : '';
          return hit?.kind === 'device' ? undefined : hit?.fix;
        }),
        distinctUntilChanged(),
        map((fix): Intent => ({ want: 'point', fix })),
      ),
      fromEvent(fleet.map, 'click').pipe(
        map((event) => fleet.hitAt((event as L.LeafletMouseEvent).containerPoint)),
        map((hit): Intent =>
          hit?.kind === 'track' ? { want: 'seek', fix: hit.fix } : { want: 'device', device: hit?.fix.device },
        ),
      ),
    ).pipe(
      finalize(() => {
        fleet.remove();
      }),
    );
  });

/** The part of a map that is seen. */
function sightOf(map: L.Map): Sight {
  const { x: width, y: height } = map.getSize();
  const [west, east] = [map.getBounds().getWest(), map.getBounds().getEast()];
  const [south, north] = [map.getBounds().getSouth(), map.getBounds().getNorth()].map((degrees) => Math.max(-90, Math.min(90, degrees)));
  const within = (degrees: number) => degrees - 360 * Math.floor((degrees + 180) / 360);
  const sides = east - west >= 360 ? { west: -180, east: 180 } : { west: within(west), east: within(east) };
  return { ...sides, south: south!, north: north!, width, height };
}
