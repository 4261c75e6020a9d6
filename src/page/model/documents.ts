import { fileName } from '../../domain/fileName.js';
import { formatInstant, type Instant } from '../../domain/instant.js';
import type { Picture } from './Picture.js';

/** The formats of documents: what each is called, and what the server calls it, which is also how files of it end. */
const FORMATS = [
  { name: 'GeoJSON', format: 'geojson' },
  { name: 'CSV', format: 'csv' },
  { name: 'GPX', format: 'gpx' },
  { name: 'KML', format: 'kml' },
] as const;

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
  return FORMATS.map(({ name, format }) => ({
    format: name,
    address: `/api/fleet?${new URLSearchParams({ at: formatInstant(at), by, format }).toString()}`,
    file: fileName(['fleet'], at, format),
  }));
}

/**
 * The track of a device over some minutes up to the moment that is shown, in the order of its event times, in each format:
 * what had arrived by then, or, as recorded, all that is of before that.
 */
export function trackDocuments({ at, by }: Shown, device: string, minutes: number): readonly Document[] {
  const upTo = by === 'arrival' ? { known_at: formatInstant(at) } : { to: formatInstant(at) };
  const asked = { from: formatInstant(at - minutes * 60e6), ...upTo };
  return FORMATS.map(({ name, format }) => ({
    format: name,
    address: `/api/devices/${encodeURIComponent(device)}/track?${new URLSearchParams({ ...asked, format }).toString()}`,
    file: fileName([device, 'track'], at, format),
  }));
}

/** The name of a picture of the map, with the chosen device if there is one. */
export const pictureFile = (at: Instant, device: string | undefined): string =>
  fileName([...(device === undefined ? [] : [device]), 'map'], at, 'png');
