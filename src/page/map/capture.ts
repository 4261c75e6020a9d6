import type L from 'leaflet';

/** What of a map is in sight, as a picture. */
export interface Captured {
  readonly canvas: HTMLCanvasElement;
  /** Tiles that their server does not let a page copy. */
  readonly missing: number;
}

/** Copies what of a map is in sight, as sharp as the screen, on a ground of a colour: all layers, and no controls. */
export async function capture(map: L.Map, ground: string): Promise<Captured> {
  const place = map.getContainer();
  const { left, top } = place.getBoundingClientRect();
  const { x: width, y: height } = map.getSize();
  const sharp = window.devicePixelRatio;
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(width * sharp), height: Math.round(height * sharp) });
  const context = canvas.getContext('2d')!;
  context.scale(sharp, sharp);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  const layers = [...place.querySelectorAll<HTMLCanvasElement | HTMLImageElement>('canvas, img.leaflet-tile-loaded')].map((layer) => ({
    layer,
    box: layer.getBoundingClientRect(),
    depth: Number(getComputedStyle(layer.closest('.leaflet-pane')!).zIndex),
  }));
  const copies = await Promise.all(layers.map(({ layer }) => (layer instanceof HTMLImageElement ? copied(layer) : Promise.resolve(layer))));
  const drawn = layers.map((one, i) => ({ ...one, copy: copies[i] })).sort((a, b) => a.depth - b.depth);
  for (const { copy, box } of drawn) if (copy) context.drawImage(copy, box.left - left, box.top - top, box.width, box.height);
  return { canvas, missing: copies.filter((copy) => copy === undefined).length };
}

/** A tile that may be drawn into a picture, if its server allows that: asked for again, since the one on the map may not. */
async function copied({ src }: HTMLImageElement): Promise<HTMLImageElement | undefined> {
  const image = Object.assign(new Image(), { crossOrigin: 'anonymous', src });
  try {
    await image.decode();
    return image;
  } catch {
    return undefined; // which the picture says
  }
}
