import type L from 'leaflet';
import { PMTiles } from 'pmtiles';
import { leafletLayer } from 'protomaps-leaflet';

/** Vector tiles of a file as layers of a map. It is loaded only where such a file is served. */
export interface VectorTiles {
  /** A layer in light or dark colours. */
  readonly layer: (flavor: 'light' | 'dark') => unknown;
  /** Whose map it is, as the file says in plain words; nothing if it does not. */
  readonly attribution: string;
}

/** The vector tiles of the file at an address, whose server gives any part of it. Asks for its header and what it says of itself. */
export async function vectorTiles(address: string, leaflet: typeof L): Promise<VectorTiles> {
  Object.assign(globalThis, { L: leaflet }); // where protomaps-leaflet looks for it
  const file = new PMTiles(address);
  const { maxZoom } = await file.getHeader();
  const { attribution = '' } = (await file.getMetadata()) as { readonly attribution?: string };
  return {
    layer: (flavor) => leafletLayer({ url: file, flavor, lang: 'en', maxDataZoom: maxZoom, attribution: '' }),
    attribution: new DOMParser().parseFromString(attribution, 'text/html').body.textContent.trim(),
  };
}
