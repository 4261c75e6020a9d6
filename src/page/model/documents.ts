import { formatInstant, type Instant } from '../../domain/instant.js';
import type { Picture } from './Picture.js';

/** The formats of documents: what each is called, how files of it end, and what the server calls it in a fleet and in a track. */
const FORMATS = [
  { name: 'GeoJSON', ending: 'geojson', fleet: 'geojson', track: 'features' },
  { name: 'CSV', ending: 'csv', fleet: 'csv', track: 'csv' },
  { name: 'GPX', ending: 'gpx', fleet: 'gpx', track: 'gpx' },
  { name: 'KML', ending: 'kml', fleet: 'kml', track: 'kml' },
] as const;
const MAX_ID = 60; // characters of an id in the name of a file

/** A file that the server makes: where it is, and what it is saved as. */
export interface Document {
  readonly format: string;
  readonly address: string;
  readonly file: string;
}

/** What is shown: the moment, and by which clock. */
type Shown = Pick<Picture, 'at' | 'by'>;

/** The fleet as it is shown, in each format. */
export function fleetDocuments({ at, by }: Shown): readonly Document[] {
  return FORMATS.map(({ name, ending, fleet }) => ({
    format: name,
    address: `/api/fleet?${new URLSearchParams({ at: formatInstant(at), by, format: fleet }).toString()}`,
    file: fileName(['fleet'], at, ending),
  }));
}

/**
 * The track of a device over some minutes up to the moment that is shown, in the order of its event times, in each format:
 * what had arrived by then, or, as recorded, all that is of before that.
 */
export function trackDocuments({ at, by }: Shown, device: string, minutes: number): readonly Document[] {
  const upTo = by === 'arrival' ? { known_at: formatInstant(at) } : { to: formatInstant(at) };
  const asked = { from: formatInstant(at - minutes * 60e6), ...upTo };
  return FORMATS.map(({ name, ending, track }) => ({
    format: name,
    address: `/api/devices/${encodeURIComponent(device)}/track?${new URLSearchParams({ ...asked, format: track }).toString()}`,
    file: fileName([device, 'track'], at, ending),
  }));
}

/** The name of a picture of the map, with the chosen device if there is one. */
export const pictureFile = (at: Instant, device: string | undefined): string =>
  fileName([...(device === undefined ? [] : [device]), 'map'], at, 'png');

/** A name that every system takes: `8250-track-2021-10-23T12-30-40Z.gpx`. */
function fileName(parts: readonly string[], at: Instant, ending: string): string {
  const plain = (part: string) => Array.from(part.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '')).slice(0, MAX_ID);
  const names = parts.map((part) => plain(part).join('') || '_');
  const moment = formatInstant(at).replace(/(?:\.0+|(\.\d*?[1-9])0*)Z$/, '$1Z').replaceAll(':', '-');
  return `${[...names, moment].join('-')}.${ending}`;
}
