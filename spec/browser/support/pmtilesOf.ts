/** A place of the Mercator square of a tile, its corner being 0, 0 and its other corner 4096, 4096. */
type Corner = readonly [x: number, y: number];

const ROOT_AT = 127; // bytes of a header
const POLYGON = 3;

/** The bytes of a whole number as protocol buffers have it. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

const field = (number: number, bytes: readonly number[]): number[] => [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
const whole = (number: number, value: number): number[] => [...varint(number * 8), ...varint(value)];
const text = (number: number, value: string): number[] => field(number, [...Buffer.from(value)]);

/** A layer of a vector tile (version 2 of its specification) with one polygon, clockwise. */
function layer(name: string, kind: string, corners: readonly Corner[]): number[] {
  const step = (from: Corner, to: Corner) => [to[0] - from[0], to[1] - from[1]].flatMap((off) => varint(off < 0 ? -2 * off - 1 : 2 * off));
  const [first, ...others] = corners as readonly [Corner, ...Corner[]];
  const lines = others.flatMap((corner, i) => step(corners[i]!, corner));
  const geometry = [...varint(9), ...step([0, 0], first), ...varint(others.length * 8 + 2), ...lines, ...varint(15)];
  const feature = [...field(2, [0, 0]), ...whole(3, POLYGON), ...field(4, geometry)];
  return field(3, [...text(1, name), ...field(2, feature), ...text(3, 'kind'), ...field(4, text(1, kind)), ...whole(5, 4096), ...whole(15, 2)]);
}

const square = (from: number, to: number): readonly Corner[] => [[from, 0], [to, 0], [to, 4096], [from, 4096]];

/**
 * A PMTiles file (version 3, nothing packed) of zooms 0 and 1, in the layers of Protomaps: the west of the Earth is land, the
 * east is water. And whose it is, as HTML.
 */
export function pmtilesOf(attribution: string): Buffer {
  const both = [...layer('earth', 'earth', square(0, 2048)), ...layer('water', 'ocean', square(2048, 4096))];
  const tiles = [both, layer('earth', 'earth', square(0, 4096)), layer('water', 'ocean', square(0, 4096))];
  // the number of each tile less that of the one before, how many there are of it, how long it is, and where: behind the one before
  const root = [3, 0, 1, 2, 1, 2, 2, ...tiles.flatMap(({ length }) => varint(length)), 1, 0, 0];
  const metadata = [...Buffer.from(JSON.stringify({ attribution, vector_layers: [{ id: 'earth' }, { id: 'water' }] }))];
  const [metadataAt, tilesAt] = [ROOT_AT + root.length, ROOT_AT + root.length + metadata.length];
  const header = Buffer.alloc(ROOT_AT);
  header.write('PMTiles');
  header.writeUInt8(3, 7);
  const places = [ROOT_AT, root.length, metadataAt, metadata.length, tilesAt, 0, tilesAt, tiles.flat().length, 5, 3, 3];
  for (const [i, place] of places.entries()) header.writeBigUInt64LE(BigInt(place), 8 + 8 * i);
  header.set([1, 1, 1, 1, 0, 1], 96); // clustered; nothing packed, twice; vectors; from zoom 0 to zoom 1
  for (const [i, degrees] of [-180, -85, 180, 85].entries()) header.writeInt32LE(degrees * 1e7, 102 + 4 * i);
  return Buffer.from([...header, ...root, ...metadata, ...tiles.flat()]);
}
