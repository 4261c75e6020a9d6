import L from 'leaflet';
import type { Instant } from '../../domain/instant.js';
import type { Track } from '../model/chosenTrack.js';
import type { Picture } from '../model/Picture.js';
import type { Sighting } from '../model/Sighting.js';
import { CanvasLayer } from './CanvasLayer.js';
import { capture, type Captured } from './capture.js';
import type { Look } from '../model/parseLink.js';
import { drawChosen } from './drawChosen.js';
import { drawElsewhere } from './drawElsewhere.js';
import { drawGraticule } from './drawGraticule.js';
import { drawHaze } from './drawHaze.js';
import { drawLabels } from './drawLabels.js';
import { drawLand } from './drawLand.js';
import { drawPointed } from './drawPointed.js';
import { drawTrails } from './drawTrails.js';
import { extentOf } from './extentOf.js';
import { FleetSigns } from './FleetSigns.js';
import type { Inks } from './Frame.js';
import { frameOf } from './frameOf.js';
import { isInSight } from './isInSight.js';
import type { Land } from './Land.js';
import { LateRings } from './LateRings.js';
import { nearest } from './nearest.js';
import { nearestFix } from './nearestFix.js';
import { Tiles } from './Tiles.js';
import { worlds } from './worlds.js';

const WIDEST = 3; // worlds side by side
const STEP = 0.25; // of a zoom

/** How it is drawn: its colours, and whether nothing is to move by itself. */
export interface FleetMapOptions {
  readonly inks: Inks;
  readonly still: boolean;
  /** The clock of late rings, in ms. */
  readonly now: () => number;
  /** Pixels at the lower edge that something covers. */
  readonly covered: () => number;
  /** Called when somebody has moved the map, with where it looks, or without when it shows the whole fleet again. */
  readonly onLook: (look: Look | undefined) => void;
}

/** What is at a point of the map. */
export interface Hit {
  readonly kind: 'device' | 'late' | 'track';
  readonly fix: Sighting;
}

/** The map: land and graticule below, the fleet above. It keeps the whole fleet in sight until somebody moves it. */
export class FleetMap {
  readonly map: L.Map;
  private picture: Picture | undefined;
  private chosen: string | undefined;
  private track: Track | undefined;
  private land: Land | undefined;
  private tiles: Tiles | undefined;
  private inks: Inks;
  /** The run that was brought into sight. */
  private fitted: number | undefined;
  private isFollowing = true;
  /** The fleet that was wholly in sight when the map was last moved. */
  private inSight: Picture['vehicles'] | undefined;
  private isMovingItself = false;
  private follows = false;
  private pointed: Sighting | undefined;
  private readonly signs = new FleetSigns();
  private readonly rings = new LateRings();
  private readonly earth: CanvasLayer;
  private readonly ground: CanvasLayer;
  private readonly fleet: CanvasLayer;
  private readonly late: CanvasLayer;

  constructor(container: HTMLElement, private readonly options: FleetMapOptions) {
    const { inks, still, now } = options;
    this.inks = inks;
    this.map = L.map(container, {
      zoomAnimation: false,
      fadeAnimation: false,
      zoomSnap: STEP,
      zoomDelta: 1,
      minZoom: 0,
      maxZoom: 18,
      attributionControl: false,
      inertia: !still,
    });
    this.map.on('moveend', () => {
      container.dataset['sight'] = this.map.getBounds().toBBoxString();
      if (!this.isMovingItself && !this.isFollowing) options.onLook(this.look());
    });
    this.map.setView([20, 0], 2);
    this.map.on('movestart zoomstart', () => { if (!this.isMovingItself) [this.isFollowing, this.inSight] = [false, undefined]; });
    this.earth = new CanvasLayer((context, frame) => {
      if (this.land !== undefined && this.tiles === undefined) drawLand(context, frame, this.land, this.inks);
    }, 'land').addTo(this.map);
    this.ground = new CanvasLayer((context, frame) => {
      if (this.tiles === undefined) drawHaze(context, frame, this.inks);
      drawGraticule(context, frame, this.inks);
    }, 'ground').addTo(this.map);
    this.fleet = new CanvasLayer((context, frame) => {
      if (this.picture === undefined) return;
      drawTrails(context, frame, this.picture, this.inks);
      drawElsewhere(context, frame, this.picture, this.inks);
      this.signs.draw(context, frame, this.picture, this.inks);
      if (this.chosen !== undefined) drawChosen(context, frame, this.picture, { device: this.chosen, track: this.track }, this.inks);
      drawLabels(context, frame, this.picture, { chosen: this.chosen, inks: this.inks });
      if (this.pointed !== undefined) drawPointed(context, frame, this.pointed, this.inks);
    }, 'fleet').addTo(this.map);
    this.late = new CanvasLayer((context, frame) => {
      if (this.rings.draw(context, frame, this.inks, { now: now(), still })) queueMicrotask(() => { this.late.redraw(); });
    }, 'late').addTo(this.map);
  }

  colour(inks: Inks): void {
    this.inks = inks;
    this.tiles?.colour(this.map, inks.isDark);
    this.earth.redraw();
    this.ground.redraw();
    this.fleet.redraw();
  }

  showLand(land: Land): void {
    this.land = land;
    this.earth.redraw();
  }

  /** Shows tiles in place of the land. @returns whose they are, if they say so themselves */
  showTiles(address: string): Promise<string> {
    this.tiles = new Tiles();
    this.earth.remove();
    this.ground.redraw();
    return this.tiles.show(this.map, address, this.inks.isDark);
  }

  show(picture: Picture): void {
    const before = this.picture;
    this.picture = picture;
    if (picture.still && before?.vehicles === picture.vehicles && isSameSecond(before.at, picture.at)) return; // as old as drawn, too
    if (this.follows) this.centre();
    if (picture.late.length > 0) {
      this.rings.add(picture.late, this.options.now());
      this.late.redraw();
    }
    if (picture.live && picture.run !== this.fitted) this.isFollowing = true;
    if (this.isFollowing && !this.follows && picture.vehicles.size > 0) {
      if (picture.run !== this.fitted || !this.isAllInSight(picture)) this.fit();
      this.inSight = picture.vehicles;
    }
    this.fleet.redraw();
  }

  /** Marks a device and its track, and brings it into sight when it was not marked before. */
  choose(device: string | undefined, track: Track | undefined): void {
    const latest = device === undefined || device === this.chosen ? undefined : this.picture?.vehicles.get(device)?.latest;
    this.chosen = device;
    this.track = track;
    const frame = frameOf(this.map);
    if (latest && !worlds(frame).some((world) => isInSight(latest, world))) this.centreOn(latest);
    this.fleet.redraw();
  }

  /** Keeps the chosen device in the middle, or no longer. */
  follow(follows: boolean): void {
    this.follows = follows;
    if (follows) this.centre();
  }

  /** Marks a fix that somebody points at. */
  point(fix: Sighting | undefined): void {
    this.pointed = fix;
    this.fleet.redraw();
  }

  /** Brings the whole fleet into sight, and keeps it there. */
  showAll(): void {
    this.isFollowing = true;
    this.fit();
    this.options.onLook(undefined);
  }

  /** Looks at a place, or at the whole fleet. */
  lookAt(look: Look | undefined): void {
    if (look === undefined) {
      if (!this.isFollowing && !this.follows) {
        this.isFollowing = true;
        this.fit();
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

  /** Brings the chosen device and its track into sight. */
  showChosen(): void {
    const latest = this.chosen === undefined ? undefined : this.picture?.vehicles.get(this.chosen)?.latest;
    this.isFollowing = false;
    this.bring([...(this.track?.fixes ?? []), ...(latest ? [latest] : [])]);
    this.options.onLook(this.look());
  }

  /** Brings both places of a device that is displaced into sight. */
  showBoth(fixes: readonly Sighting[]): void {
    this.isFollowing = false;
    this.bring(fixes);
    this.options.onLook(this.look());
  }

  /** Draws as large as its place is by now. */
  resize(): void {
    this.byItself(() => {
      this.map.invalidateSize({ animate: false });
      this.map.setMinZoom(Math.max(0, Math.floor(Math.log2(this.map.getSize().x / WIDEST / 256) / STEP) * STEP));
    });
    if (this.isFollowing) this.fit();
  }

  /** The device at a point of the map, in pixels from its corner. */
  deviceAt(point: { readonly x: number; readonly y: number }): string | undefined {
    return this.picture && nearest(this.picture.vehicles, frameOf(this.map), point);
  }

  /** What is at a point of the map, in pixels from its corner: a device before a late fix, that before a fix of the track. */
  hitAt(point: { readonly x: number; readonly y: number }): Hit | undefined {
    const frame = frameOf(this.map);
    const device = this.deviceAt(point);
    const latest = device === undefined ? undefined : this.picture?.vehicles.get(device)?.latest;
    if (latest !== undefined) return { kind: 'device', fix: latest };
    const late = nearestFix(this.rings.fixes, frame, point);
    if (late !== undefined) return { kind: 'late', fix: late };
    const passed = this.track?.device === this.chosen ? nearestFix(this.track?.fixes ?? [], frame, point) : undefined;
    return passed && { kind: 'track', fix: passed };
  }

  /** What is in sight, as a picture. */
  capture(): Promise<Captured> {
    return capture(this.map, this.inks.sea);
  }

  remove(): void {
    this.map.remove();
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

  private centre(): void {
    const latest = this.chosen === undefined ? undefined : this.picture?.vehicles.get(this.chosen)?.latest;
    if (latest !== undefined) this.centreOn(latest);
  }

  private centreOn({ latitude, longitude }: Sighting): void {
    const turns = Math.round((this.map.getCenter().lng - longitude) / 360);
    this.byItself(() => { this.map.panTo([latitude, longitude + 360 * turns], { animate: false }); });
  }

  private fit(): void {
    if (this.picture === undefined || this.picture.vehicles.size === 0) return;
    if (this.picture.live) this.fitted = this.picture.run;
    this.bring([...this.picture.vehicles.values()].map(({ latest }) => latest));
  }

  private bring(fixes: readonly Sighting[]): void {
    const extent = extentOf(fixes);
    if (extent === undefined) return;
    const { x: width, y: height } = this.map.getSize();
    const [top, bottom] = [Math.min(40, height * 0.25), Math.min(this.options.covered() + 24, height * 0.35)];
    const [left, right] = [Math.min(60, width * 0.25), Math.min(56, width * 0.25)];
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

const isSameSecond = (a: Instant, b: Instant) => Math.floor(a / 1e6) === Math.floor(b / 1e6);
