import L from 'leaflet';
import type { VectorTiles, vectorTiles as VectorsOf } from '../tiles/main.js';

const MAX_ZOOM = 19; // of the tiles of most servers

/** Tiles in place of the land: pictures from a server, or vectors of a file, of which only that is asked which is in sight. */
export class Tiles {
  private layer: L.Layer | undefined;
  private vectors: VectorTiles | undefined;

  /** Adds them to a map. @returns whose they are, as they say themselves; nothing if they do not */
  async show(map: L.Map, address: string, isDark: boolean): Promise<string> {
    if (!address.endsWith('.pmtiles')) {
      this.layer = L.tileLayer(address, { maxZoom: MAX_ZOOM }).addTo(map);
      return '';
    }
    const place = new URL('page/tiles.js', document.baseURI).href;
    const { vectorTiles } = (await import(place)) as { readonly vectorTiles: typeof VectorsOf };
    this.vectors = await vectorTiles(new URL(address, document.baseURI).href, L);
    this.colour(map, isDark);
    return this.vectors.attribution;
  }

  /** Has vectors in the colours of the page; pictures have their own. */
  colour(map: L.Map, isDark: boolean): void {
    if (this.vectors === undefined) return;
    this.layer?.remove();
    this.layer = (this.vectors.layer(isDark ? 'dark' : 'light') as L.Layer).addTo(map);
  }
}
