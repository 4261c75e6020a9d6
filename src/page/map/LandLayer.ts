import L from 'leaflet';
import type { Inks } from './Frame.js';
import type { Line } from './unwrapped.js';

const PADDING = 0.5; // of what is in sight, drawn beyond its edges

/** The library's canvas, which is drawn again also while the map is dragged beyond what has been drawn. */
class Ground extends L.Canvas {
  private drawn: L.LatLngBounds | undefined;

  override getEvents() {
    const events = L.Canvas.prototype.getEvents!.call(this);
    const draw = (event: L.LeafletEvent) => {
      this.drawn = this._map.getBounds().pad(PADDING);
      events['moveend']!.call(this, event);
    };
    return {
      ...events,
      moveend: draw,
      move: (event: L.LeafletEvent) => {
        if (!this.drawn?.contains(this._map.getBounds())) draw(event);
      },
    };
  }
}

/** The land of the Earth, in every copy of the world that is in sight. Holds the places of each copy that was. */
export class LandLayer extends L.Layer {
  private readonly worlds = new Map<number, L.Polygon>();
  private readonly renderer: L.Renderer;
  private readonly west: number;
  private readonly east: number;

  constructor(private readonly land: readonly (readonly Line[])[], pane: string, private inks: Inks) {
    super();
    this.renderer = new Ground({ pane, padding: PADDING });
    const longitudes = land.flatMap((rings) => rings.flatMap((ring) => ring.map(([, longitude]) => longitude)));
    this.west = longitudes.reduce((min, longitude) => Math.min(min, longitude), 180);
    this.east = longitudes.reduce((max, longitude) => Math.max(max, longitude), -180);
  }

  override getEvents() {
    return { move: this.fill, zoomend: this.fill, resize: this.fill };
  }

  override onAdd(): this {
    this.fill();
    return this;
  }

  override onRemove(): this {
    for (const world of this.worlds.values()) world.remove();
    return this;
  }

  /** Draws in other colours. */
  colour(inks: Inks): void {
    this.inks = inks;
    for (const world of this.worlds.values()) world.setStyle(this.style());
  }

  /** Has the land in each world that is in sight or about to be, and in no other. */
  private readonly fill = (): void => {
    const sight = this._map.getBounds().pad(PADDING);
    const [first, last] = [Math.ceil((sight.getWest() - this.east) / 360), Math.floor((sight.getEast() - this.west) / 360)];
    for (const [number, world] of this.worlds) if (number < first || number > last) world.remove();
    for (let number = first; number <= last; number++) {
      let world = this.worlds.get(number);
      if (world === undefined) this.worlds.set(number, (world = this.worldAt(number)));
      if (!this._map.hasLayer(world)) world.addTo(this._map);
    }
  };

  private worldAt(number: number): L.Polygon {
    const places = this.land.map((rings) =>
      rings.map((ring) => ring.map(([latitude, longitude]): L.LatLngTuple => [latitude, longitude + 360 * number])),
    );
    return L.polygon(places, { ...this.style(), renderer: this.renderer, interactive: false });
  }

  private style(): L.PathOptions {
    return { weight: 1, color: this.inks.coast, opacity: 1, fillColor: this.inks.land, fillOpacity: 1 };
  }
}
