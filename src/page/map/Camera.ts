import L from 'leaflet';
import type { Look } from '../model/parseLink.js';
import type { Picture } from '../model/Picture.js';
import type { Sighting } from '../model/Sighting.js';
import { extentOf } from './extentOf.js';
import { frameOf } from './frameOf.js';
import { isInSight } from './isInSight.js';
import { sidesCovered, type Box, type Sides } from './sidesCovered.js';
import { worlds } from './worlds.js';

const WIDEST = 3; // worlds side by side
const LOWEST = -0.5; // zoom, of which there still are tiles
const STEP = 0.25; // of a zoom
const SIGN = 14; // px around a place that its sign takes
const FREE: Sides = { left: 40, top: 40, right: 56, bottom: 24 }; // px at least: names stand to the right of signs
const FILLED = 0.8; // of the map that may be left free at two opposite sides

export interface CameraOptions {
  /** Whether nothing is to move by itself. */
  readonly still: boolean;
  /** What lies over the map. */
  readonly over: () => readonly Box[];
  /** Called when somebody has moved the map, with where it looks, or without when it shows the whole fleet again. */
  readonly onLook: (look: Look | undefined) => void;
}

/** Where the map looks: it keeps the whole fleet in sight until somebody moves it, or one device in its middle. */
export class Camera {
  readonly map: L.Map;
  /** Whether it keeps the whole fleet in sight. */
  private isFollowing = true;
  /** The run that was brought into sight as it is. */
  private fitted: number | undefined;
  /** Whether any fleet was brought into sight. */
  private isFitted = false;
  /** The fleet that was wholly in sight when the map was last moved. */
  private inSight: Picture['vehicles'] | undefined;
  private isMovingItself = false;

  constructor(container: HTMLElement, private readonly options: CameraOptions) {
    this.map = L.map(container, {
      zoomAnimation: false,
      fadeAnimation: false,
      zoomSnap: STEP,
      zoomDelta: 1,
      minZoom: LOWEST,
      maxZoom: 18,
      attributionControl: false,
      inertia: !options.still,
    });
    this.map.on('moveend', () => {
      container.dataset['sight'] = this.map.getBounds().toBBoxString();
      if (!this.isMovingItself && !this.isFollowing) options.onLook(this.look());
    });
    this.map.setView([20, 0], 2);
    this.map.on('movestart zoomstart', () => { if (!this.isMovingItself) [this.isFollowing, this.inSight] = [false, undefined]; });
  }

  /** Brings the fleet into sight if it is to be, and is not. */
  keepInSight(picture: Picture, followsOne: boolean): void {
    if (picture.live && picture.run !== this.fitted) this.isFollowing = true;
    if (!this.isFollowing || followsOne || picture.vehicles.size === 0) return;
    const isFitted = picture.live ? picture.run === this.fitted : this.isFitted;
    if (!isFitted || !this.isAllInSight(picture)) this.fit(picture);
    this.inSight = picture.vehicles;
  }

  /** Brings the whole fleet into sight, and keeps it there. */
  showAll(picture: Picture | undefined): void {
    this.isFollowing = true;
    this.fit(picture);
    this.options.onLook(undefined);
  }

  /** Looks at a place, or at the whole fleet. */
  lookAt(look: Look | undefined, picture: Picture | undefined, followsOne: boolean): void {
    if (look === undefined) {
      if (!this.isFollowing && !followsOne) {
        this.isFollowing = true;
        this.fit(picture);
      }
      return;
    }
    const { zoom, latitude, longitude } = this.look();
    this.isFollowing = false;
    this.fitted ??= 0; // what a link names is not to be lost to the first picture
    if (Math.abs(zoom - look.zoom) < 0.01 && Math.abs(latitude - look.latitude) < 1e-5 && Math.abs(longitude - look.longitude) < 1e-5)
      return;
    this.byItself(() => { this.map.setView([look.latitude, look.longitude], look.zoom, { animate: false }); });
  }

  /** Brings some fixes into sight, and leaves them there. */
  show(fixes: readonly Sighting[]): void {
    this.isFollowing = false;
    this.bring(fixes);
    this.options.onLook(this.look());
  }

  /** Has a fix in the middle. */
  centreOn({ latitude, longitude }: Sighting): void {
    const turns = Math.round((this.map.getCenter().lng - longitude) / 360);
    this.byItself(() => { this.map.panTo([latitude, longitude + 360 * turns], { animate: false }); });
  }

  /** Is as large as its place is by now. */
  resize(picture: Picture | undefined): void {
    this.byItself(() => {
      this.map.invalidateSize({ animate: false });
      this.map.setMinZoom(Math.max(LOWEST, Math.floor(Math.log2(this.map.getSize().x / WIDEST / 256) / STEP) * STEP));
    });
    if (this.isFollowing) this.fit(picture);
  }

  /** Whether the whole fleet is in sight; where it was before, only what has changed is looked at. */
  private isAllInSight({ vehicles, whole, changes }: Picture): boolean {
    const world = worlds(frameOf(this.map));
    const isSeen = (fix: Sighting) => world.some((frame) => isInSight(fix, frame));
    if (vehicles === this.inSight && !whole) return changes.every(isSeen);
    for (const { latest } of vehicles.values()) if (!isSeen(latest)) return false;
    return true;
  }

  private look(): Look {
    const { lat, lng } = this.map.getCenter();
    return { zoom: this.map.getZoom(), latitude: lat, longitude: lng };
  }

  private fit(picture: Picture | undefined): void {
    if (picture === undefined || picture.vehicles.size === 0) return;
    if (picture.live) this.fitted = picture.run;
    this.isFitted = true;
    this.bring([...picture.vehicles.values()].map(({ latest }) => latest));
  }

  private bring(fixes: readonly Sighting[]): void {
    const extent = extentOf(fixes);
    if (extent === undefined) return;
    const { x: width, y: height } = this.map.getSize();
    const covered = sidesCovered(this.options.over(), width, height);
    const [left, right] = free(width, Math.max(FREE.left, covered.left + SIGN), Math.max(FREE.right, covered.right + SIGN));
    const [top, bottom] = free(height, Math.max(FREE.top, covered.top + SIGN), Math.max(FREE.bottom, covered.bottom + SIGN));
    const corners: L.LatLngBoundsLiteral = [[...extent.southWest], [...extent.northEast]];
    this.byItself(() => {
      this.map.fitBounds(corners, { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom], maxZoom: 15, animate: false });
    });
  }

  private byItself(move: () => void): void {
    this.isMovingItself = true;
    this.inSight = undefined;
    move();
    this.isMovingItself = false;
  }
}

/** What is left free at two opposite sides of a map of some px: less of both, if they would take nearly all. */
function free(size: number, first: number, last: number): readonly [number, number] {
  const share = Math.min(1, (FILLED * size) / (first + last));
  return [first * share, last * share];
}
