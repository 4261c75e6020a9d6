import type L from 'leaflet';
import type { Instant } from '../../domain/instant.js';
import type { Heat } from '../model/Heat.js';
import type { Look } from '../model/parseLink.js';
import type { Picture } from '../model/Picture.js';
import type { Sighting } from '../model/Sighting.js';
import type { Track } from '../model/Track.js';
import { Camera, type CameraOptions } from './Camera.js';
import { CanvasLayer } from './CanvasLayer.js';
import { capture, type Captured } from './capture.js';
import { drawChosen } from './drawChosen.js';
import { drawElsewhere } from './drawElsewhere.js';
import { drawGraticule } from './drawGraticule.js';
import { drawHaze } from './drawHaze.js';
import { drawLabels } from './drawLabels.js';
import { drawLand } from './drawLand.js';
import { drawPointed } from './drawPointed.js';
import { drawTrails } from './drawTrails.js';
import { FleetSigns } from './FleetSigns.js';
import type { Inks } from './Frame.js';
import { frameOf } from './frameOf.js';
import { HeatPainter } from './HeatPainter.js';
import { isInSight } from './isInSight.js';
import type { Land } from './Land.js';
import { LateRings, STEP } from './LateRings.js';
import { nearest } from './nearest.js';
import { nearestFix } from './nearestFix.js';
import { Tiles } from './Tiles.js';
import { worlds } from './worlds.js';

/** How it is drawn: its colours, the clock of late rings in ms, and what its camera does. */
export interface FleetMapOptions extends CameraOptions {
  readonly inks: Inks;
  readonly now: () => number;
}

/** What is at a point of the map. */
export interface Hit {
  readonly kind: 'device' | 'late' | 'track';
  readonly fix: Sighting;
}

/** The map: land and graticule below, the fleet above. */
export class FleetMap {
  readonly map: L.Map;
  private readonly camera: Camera;
  private picture: Picture | undefined;
  private chosen: string | undefined;
  private track: Track | undefined;
  private land: Land | undefined;
  private tiles: Tiles | undefined;
  private heat: Heat | undefined;
  private inks: Inks;
  private follows = false;
  private pointed: Sighting | undefined;
  private readonly signs = new FleetSigns();
  private readonly rings = new LateRings();
  private readonly painter = new HeatPainter();
  private readonly ground: CanvasLayer;
  private readonly warmth: CanvasLayer;
  private readonly fleet: CanvasLayer;
  private readonly late: CanvasLayer;

  constructor(container: HTMLElement, private readonly options: FleetMapOptions) {
    const { inks, still, now } = options;
    this.inks = inks;
    this.camera = new Camera(container, options);
    this.map = this.camera.map;
    this.ground = new CanvasLayer((context, frame) => {
      if (this.tiles === undefined) {
        if (this.land !== undefined) drawLand(context, frame, this.land, this.inks);
        drawHaze(context, frame, this.inks);
      }
      drawGraticule(context, frame, options.over(), this.inks);
      return true;
    }, 'ground').addTo(this.map);
    this.warmth = new CanvasLayer((context, frame) => {
      if (this.heat !== undefined) this.painter.draw(context, frame, this.heat, this.inks);
      return this.heat !== undefined;
    }, 'heat').addTo(this.map);
    this.fleet = new CanvasLayer((context, frame) => {
      if (this.picture === undefined) return false;
      this.signs.draw(context, frame, this.picture, this.inks);
      context.globalCompositeOperation = 'destination-over'; // below what is there: a picture is drawn in place of all
      drawElsewhere(context, frame, this.picture, this.inks);
      drawTrails(context, frame, this.picture, this.inks);
      context.globalCompositeOperation = 'source-over';
      if (this.chosen !== undefined) drawChosen(context, frame, this.picture, { device: this.chosen, track: this.track }, this.inks);
      drawLabels(context, frame, this.picture, { chosen: this.chosen, inks: this.inks });
      if (this.pointed !== undefined) drawPointed(context, frame, this.pointed, this.inks);
      return true;
    }, 'fleet').addTo(this.map);
    this.late = new CanvasLayer((context, frame) => {
      const areLeft = this.rings.draw(context, frame, this.inks, { now: now(), still });
      if (areLeft) this.late.redrawIn(STEP);
      return areLeft;
    }, 'late').addTo(this.map);
  }

  colour(inks: Inks): void {
    this.inks = inks;
    this.tiles?.colour(this.map, inks.isDark);
    for (const layer of [this.ground, this.warmth, this.fleet]) layer.redraw();
  }

  showLand(land: Land): void {
    this.land = land;
    this.ground.redraw();
  }

  /** Shows tiles in place of the land. @returns whose they are, if they say so themselves */
  showTiles(address: string): Promise<string> {
    this.tiles = new Tiles();
    this.ground.redraw();
    return this.tiles.show(this.map, address, this.inks.isDark);
  }

  /** Shows where late fixes were, or no longer. */
  showHeat(heat: Heat | undefined): void {
    if (heat === undefined && this.heat === undefined) return;
    this.heat = heat;
    this.warmth.redraw();
  }

  show(picture: Picture): void {
    const before = this.picture;
    this.picture = picture;
    if (picture.still && before?.vehicles === picture.vehicles && isSameSecond(before.at, picture.at)) return; // as old as drawn, too
    if (this.follows) this.centre();
    if (picture.late.length > 0) {
      this.rings.add(picture.late, this.options.now());
      if (!this.late.isToBeDrawn) this.late.redraw();
    }
    this.camera.keepInSight(picture, this.follows);
    if (picture.live || picture.whole) this.fleet.redraw();
    else this.fleet.now(); // it plays: this is told in a frame
  }

  /** Marks a device and its track, and brings it into sight when it was not marked before. */
  choose(device: string | undefined, track: Track | undefined): void {
    const latest = device === undefined || device === this.chosen ? undefined : this.picture?.vehicles.get(device)?.latest;
    this.chosen = device;
    this.track = track;
    const frame = frameOf(this.map);
    if (latest && !worlds(frame).some((world) => isInSight(latest, world))) this.camera.centreOn(latest);
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
    this.camera.showAll(this.picture);
  }

  /** Looks at a place, or at the whole fleet. */
  lookAt(look: Look | undefined): void {
    this.camera.lookAt(look, this.picture, this.follows);
  }

  /** Brings the chosen device and its track into sight. */
  showChosen(): void {
    const latest = this.latest();
    this.camera.show([...(this.track?.fixes ?? []), ...(latest ? [latest] : [])]);
  }

  /** Brings both places of a device that is displaced into sight. */
  showBoth(fixes: readonly Sighting[]): void {
    this.camera.show(fixes);
  }

  /** Draws as large as its place is by now. */
  resize(): void {
    this.camera.resize(this.picture);
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

  /** The newest fix of the chosen device. */
  private latest(): Sighting | undefined {
    return this.chosen === undefined ? undefined : this.picture?.vehicles.get(this.chosen)?.latest;
  }

  private centre(): void {
    const latest = this.latest();
    if (latest !== undefined) this.camera.centreOn(latest);
  }
}

const isSameSecond = (a: Instant, b: Instant) => Math.floor(a / 1e6) === Math.floor(b / 1e6);
