import L from 'leaflet';
import { animationFrameScheduler, combineLatest, defer, filter, finalize, fromEvent, map, merge, mergeMap, of, startWith, switchMap, take, withLatestFrom } from 'rxjs';
import { CanvasLayer } from '../map/CanvasLayer.js';
import { drawChosen } from '../map/drawChosen.js';
import { drawElsewhere } from '../map/drawElsewhere.js';
import { drawFleet } from '../map/drawFleet.js';
import { drawGraticule } from '../map/drawGraticule.js';
import { drawLand } from '../map/drawLand.js';
import { drawTrails } from '../map/drawTrails.js';
import type { Inks } from '../map/Frame.js';
import { land$ } from '../map/land.js';
import { LateRings } from '../map/LateRings.js';
import { nearest } from '../map/nearest.js';
import type { Ring } from '../map/Ring.js';
import type { Track } from '../model/chosenTrack.js';
import type { Intent } from '../model/Intent.js';
import type { Picture } from '../model/Picture.js';
import type { Sighting } from '../model/Sighting.js';
import { element } from './element.js';
import { inks$ } from './inks.js';
import { legend } from './legend.js';
import { shows } from './shows.js';
import type { View } from './View.js';

/** The map: land and graticule below, the fleet above. A click chooses a device. */
export const mapView: View = ({ picture$, chosen$, track$, status$ }, intent$) =>
  defer(() => {
    const map_ = L.map(element('map'), { zoomAnimation: false, fadeAnimation: false, zoomSnap: 0.25, zoomDelta: 1, minZoom: 1, maxZoom: 18, attributionControl: false, worldCopyJump: true, inertia: !matchMedia('(prefers-reduced-motion: reduce)').matches }).setView([20, 0], 2);
    L.control.scale({ position: 'bottomright', imperial: false, maxWidth: 120 }).addTo(map_);
    map_.getContainer().setAttribute('aria-label', 'Map: arrow keys move it, plus and minus zoom');
    legend(element('legend'));

    let inks: Inks | undefined;
    let land: readonly Ring[] = [];
    let picture: Picture | undefined;
    let chosen: string | undefined;
    let track: Track | undefined;
    let tiles = false;
    const rings = new LateRings();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const ground = new CanvasLayer((context, frame) => {
      if (inks === undefined) return;
      if (!tiles) drawLand(context, frame, land, inks);
      drawGraticule(context, frame, inks);
    }, 'ground').addTo(map_);
    const fleet = new CanvasLayer((context, frame) => {
      if (inks === undefined || picture === undefined) return;
      drawTrails(context, frame, picture, inks);
      drawElsewhere(context, frame, picture, inks);
      drawFleet(context, frame, picture, inks);
      if (chosen !== undefined) drawChosen(context, frame, picture, { device: chosen, track }, inks);
    }, 'fleet').addTo(map_);
    const past = new CanvasLayer((context, frame) => {
      if (inks !== undefined && rings.draw(context, frame, inks, { now: animationFrameScheduler.now(), still })) queueMicrotask(() => { past.redraw(); });
    }, 'late').addTo(map_);
    const fit = () => { show(picture === undefined ? [] : [...picture.vehicles.values()].map(({ latest }) => latest)); };
    const show = (fixes: readonly Sighting[]) => {
      const all = fixes.map(({ latitude, longitude }): L.LatLngTuple => [latitude, longitude]);
      if (all.length > 0) map_.fitBounds(L.latLngBounds(all), { paddingTopLeft: [56, 40], paddingBottomRight: [40, 84], maxZoom: 15, animate: false });
    };

    return merge(
      shows(inks$, (now) => { inks = now; ground.redraw(); fleet.redraw(); }),
      shows(picture$.pipe(take(1), switchMap(() => land$)), (rings) => { land = rings; ground.redraw(); }), // the fleet first
      shows(picture$, (now) => {
        picture = now;
        if (now.live && now.late.length > 0) {
          rings.add(now.late, animationFrameScheduler.now());
          past.redraw();
        }
        element('map').dataset['devices'] = String(now.vehicles.size);
        fleet.redraw();
      }),
      shows(picture$.pipe(filter(({ vehicles }) => vehicles.size > 0), take(1)), fit),
      shows(fromEvent(element('fit'), 'click'), fit),
      shows(intent$.pipe(filter(({ want }) => want === 'near')), () => {
        const latest = chosen === undefined ? undefined : picture?.vehicles.get(chosen)?.latest;
        show([...(track?.fixes ?? []), ...(latest ? [latest] : [])]);
      }),
      shows(combineLatest([chosen$, track$.pipe(startWith(undefined))]), ([device, fixes]) => {
        const latest = device === undefined || device === chosen ? undefined : picture?.vehicles.get(device)?.latest;
        chosen = device;
        track = fixes;
        if (latest && !map_.getBounds().contains([latest.latitude, latest.longitude])) map_.panTo([latest.latitude, latest.longitude], { animate: false });
        fleet.redraw();
      }),
      shows(status$.pipe(map(({ tiles }) => tiles), filter((url) => typeof url === 'string'), take(1)), (url) => {
        tiles = true;
        L.tileLayer(url, { maxZoom: 19 }).addTo(map_);
        ground.redraw();
      }),
      fromEvent(map_, 'click').pipe(
        map((event) => (event as L.LeafletMouseEvent).containerPoint),
        withLatestFrom(picture$),
        mergeMap(([point, { vehicles }]) => {
          const corner = map_.project(map_.getCenter()).subtract(map_.getSize().divideBy(2));
          return of<Intent>({ want: 'device', device: nearest(vehicles, { scale: 256 * 2 ** map_.getZoom(), left: corner.x, top: corner.y }, point) });
        }),
      ),
    ).pipe(finalize(() => { map_.remove(); }));
  });
